import { AccessToken, RoomServiceClient, ServerError, TrackSource, WebhookReceiver } from "livekit-server-sdk";
import type { Clock } from "../time/time.ts";
import { onceEach } from "./opening.ts";
import { type As, isRefusal, type Refusal, type RoomEvent, type RoomProvider, type RoomRules, type SeatAsked } from "./provider.ts";
import { roll } from "./roll.ts";
import { seatBook } from "./seats.ts";

/** `url` as browsers reach it (wss://), `api` as we do (https://). Key and secret are the server's own. */
export type LiveKitPlace = { readonly url: string; readonly api: string; readonly key: string; readonly secret: string };

/** What we know of an open room: who is silenced, and the LiveKit room each seat is in while in a side room. */
type Open = { readonly rules: RoomRules; readonly standing: Map<string, As>; readonly muted: Map<string, boolean>; readonly places: Map<string, string> };

// Long enough to connect with. The server itself renews it for who is inside.
const tokenSeconds = 60;
const emptySeconds = 10 * 60;

/**
 * Rooms on a LiveKit server (several nodes, many people). Signalling and media go between the browser and that server; a token of ours is
 * exchanged for one of its own that lasts a minute. Side rooms need a server that can move participants; one that can't answers with an
 * error, which is thrown. There is no talk time. Nothing here asks for egress, which is how that server would record.
 *
 * Presence comes from its webhooks: give each posted body to `heard`.
 */
export function liveKitRooms(place: LiveKitPlace, clock: Clock): RoomProvider & Required<Pick<RoomProvider, "heard">> {
  const book = seatBook(clock);
  const events = roll();
  const rooms = new Map<string, Open>();
  const once = onceEach();
  const server = new RoomServiceClient(place.api, place.key, place.secret);
  const webhooks = new WebhookReceiver(place.key, place.secret);
  const placeOf = (room: string, seat: string): string => rooms.get(room)?.places.get(seat) ?? room;
  const isMuted = ({ muted }: Open, seat: string): boolean => muted.get(seat) ?? false;
  const isHere = (room: string, seat: string): boolean => events.present(room).some((one) => one.seat === seat);

  /** An empty list of sources would mean all of them. */
  function mayPublish(open: Open, seat: string): readonly TrackSource[] {
    if (open.standing.get(seat) === "listener") return [];
    const sources = isMuted(open, seat) ? [] : [TrackSource.MICROPHONE];
    return open.rules.cameras === "welcome" ? [...sources, TrackSource.CAMERA] : sources;
  }

  async function entry(token: string): Promise<{ kind: "livekit"; url: string; token: string } | Refusal> {
    const ticket = book.seatOf(token);
    if (isRefusal<SeatAsked>(ticket)) return ticket;
    const { room, seat, as } = ticket;
    const open = rooms.get(room);
    if (!open) return { refused: "closed" };
    open.standing.set(seat, as);
    const canPublishSources = [...mayPublish(open, seat)];
    const pass = new AccessToken(place.key, place.secret, { identity: seat, ttl: tokenSeconds });
    pass.addGrant({ roomJoin: true, room: placeOf(room, seat), canSubscribe: true, canPublish: canPublishSources.length > 0, canPublishSources, canPublishData: false, canUpdateOwnMetadata: false, hidden: false });
    return { kind: "livekit", url: place.url, token: await pass.toJwt() };
  }

  /** Also of a seat of which no webhook has told yet; that nobody is there is no failure. */
  const whereSheIs = (act: Promise<unknown>): Promise<void> =>
    act.then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof ServerError && error.code === "not_found")) throw error;
      },
    );

  /** Out, and every token that the server gave her until now is dead. */
  async function remove(room: string, seat: string): Promise<void> {
    await whereSheIs(server.removeParticipant(placeOf(room, seat), seat, { revokeTokenTs: BigInt(Math.floor(clock().epochMilliseconds / 1000)) }));
  }

  async function permit(room: string, open: Open, seat: string): Promise<void> {
    if (isHere(room, seat)) events.tell({ room, seat, kind: "muted", on: isMuted(open, seat) });
    const canPublishSources = [...mayPublish(open, seat)];
    await whereSheIs(server.updateParticipant(placeOf(room, seat), seat, { permission: { canSubscribe: true, canPublish: canPublishSources.length > 0, canPublishSources, canPublishData: false } }));
  }

  async function muteSeat(room: string, seat: string, muted: boolean): Promise<void> {
    const open = rooms.get(room);
    open?.muted.set(seat, muted);
    if (open) await permit(room, open, seat);
  }

  async function moveToSide(room: string, seats: readonly string[], side: string | undefined): Promise<void> {
    const open = rooms.get(room);
    if (!open) return;
    const target = side === undefined ? room : sideName(room, side);
    for (const seat of seats) {
      const from = placeOf(room, seat);
      if (from === target) continue;
      if (isHere(room, seat)) await server.moveParticipant(from, seat, target);
      open.places.set(seat, target);
      events.tell({ room, seat, kind: "side", side });
    }
  }

  async function closeRoom(room: string): Promise<void> {
    const open = rooms.get(room);
    book.closeRoom(room);
    rooms.delete(room);
    events.forget(room);
    if (open) await Promise.all([...new Set([room, ...open.places.values()])].map((name) => server.deleteRoom(name)));
  }

  /** Takes in a webhook; false where it isn't from our server. */
  async function heard(body: string, authorization: string | undefined): Promise<boolean> {
    const webhook = await webhooks.receive(body, authorization).catch(() => undefined);
    if (!webhook) return false;
    const [room] = (webhook.room?.name ?? "").split(sideMark);
    const seat = webhook.participant?.identity;
    const source = webhook.track?.source;
    if (room === undefined || !rooms.has(room) || seat === undefined) return true;
    const event = eventOf(webhook.event, room, seat, source);
    // Moving between a room and its side rooms is a leaving and a coming there, and neither here.
    if (event && !(event.kind === "came" && isHere(room, seat)) && !(event.kind === "went" && webhook.room?.name !== placeOf(room, seat))) events.tell(event);
    return true;
  }

  return {
    kind: "livekit",
    bears: 18,
    origin: new URL(place.url).origin,
    heard,
    openRoom: (room, rules) =>
      once(room, async () => {
        // Changes nothing where it is there; the server itself ends a room that was empty for a while.
        await server.createRoom({ name: room, emptyTimeout: emptySeconds, maxParticipants: rules.seats });
        if (!rooms.has(room)) rooms.set(room, { rules, standing: new Map(), muted: new Map(), places: new Map() });
      }),
    seatToken: (asked) => Promise.resolve(book.issue(asked)),
    async revokeSeat(room, seat) {
      book.revoke(room, seat);
      await remove(room, seat);
    },
    kick: remove,
    muteSeat,
    moveToSide,
    closeRoom,
    entry,
    join: () => Promise.resolve({ refused: "elsewhere" }),
    post: () => Promise.resolve({ refused: "elsewhere" }),
    async leave(token) {
      const ticket = book.holderOf(token);
      if (ticket) await remove(ticket.room, ticket.seat);
    },
    present: events.present,
    talkTime: events.talkTime,
    subscribe: events.subscribe,
    async stop() {
      for (const room of rooms.keys()) await closeRoom(room);
    },
  };
}

const sideMark = "--side--";
const sideName = (room: string, side: string): string => room + sideMark + side;

function eventOf(name: string, room: string, seat: string, source: TrackSource | undefined): RoomEvent | undefined {
  if (name === "participant_joined") return { room, seat, kind: "came" };
  if (name === "participant_left" || name === "participant_connection_aborted") return { room, seat, kind: "went", why: name === "participant_left" ? "left" : "dropped" };
  if (name !== "track_published" && name !== "track_unpublished") return undefined;
  return { room, seat, kind: source === TrackSource.CAMERA ? "camera" : "microphone", on: name === "track_published" };
}
