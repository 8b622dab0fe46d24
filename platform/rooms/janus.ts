import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../time/time.ts";
import { type Answered, type Gateway, openGateway } from "./janus/gateway.ts";
import { firstPartOf, withOthersRefused } from "./janus/rules.ts";
import { type As, type Ending, type IceServer, isRefusal, type Joined, type Refusal, type RoomProvider, type RoomRules, type SeatAsked } from "./provider.ts";
import { roll } from "./roll.ts";
import { seatBook } from "./seats.ts";

/** `url`: the WebSocket of a Janus that only this machine reaches (ws://127.0.0.1:8188). */
export type JanusPlace = { readonly url: string; readonly apiSecret?: string };

/** A seat that is inside. `id` is its number in the AudioBridge, `pass` the token by which that lets it in. */
type Sitting = { readonly seat: string; readonly as: As; readonly handle: number; readonly id: number; readonly pass: string; isHere: boolean };

/** A room and its side rooms: their numbers in the AudioBridge. */
type Open = {
  readonly rules: RoomRules;
  readonly secret: string;
  readonly numbers: Map<string | undefined, number>;
  readonly inside: Map<string, Sitting>;
  readonly muted: Map<string, boolean>;
  readonly sides: Map<string, string>;
  allMuted: boolean;
};

// A fifth of a second louder than -60 dBov on the average is talk.
const talking = { audio_active_packets: 10, audio_level_average: 60 };
const newNumber = (): number => randomInt(1, 2 ** 47);
const newSecret = (): string => randomBytes(18).toString("base64url");

/**
 * Rooms on a Janus beside us (Debian's `janus`): its AudioBridge mixes everybody's sound, so that sixteen people cost each of them one
 * stream. Sound only: a room that welcomes cameras is opened all the same, and no picture gets through. The browser hears the mix as the
 * fourth of its `voices`. There is no data channel: who talks, who is muted and that she is out she learns from our events, by the page.
 *
 * Each coming in gets a pass of its own on the room's list of allowed tokens; a revocation strikes it and kicks.
 */
export function janusRooms(place: JanusPlace, clock: Clock, ice: () => readonly IceServer[] = () => []): RoomProvider {
  const book = seatBook(clock);
  const events = roll();
  const rooms = new Map<string, Open>();
  let gateway: Promise<{ readonly janus: Gateway; readonly desk: number }> | undefined;

  function connect(): NonNullable<typeof gateway> {
    gateway ??= openGateway(place.url, place.apiSecret, lost).then(async (janus) => ({ janus, desk: await janus.attach(() => undefined) }));
    gateway.catch(() => (gateway = undefined));
    return gateway;
  }
  function lost(): void {
    gateway = undefined;
    const names = [...rooms.keys()];
    rooms.clear();
    for (const room of names) events.tell({ room, kind: "lost" });
  }
  async function manage(body: object): Promise<Answered> {
    const { janus, desk } = await connect();
    return janus.ask(desk, body);
  }

  const isMuted = ({ muted, allMuted }: Open, seat: string, as: As): boolean => as === "listener" || (muted.get(seat) ?? (allMuted && as !== "facilitator"));

  /** The number of the room or of one of its side rooms, which is made when it is first needed. An unguessable token on its list keeps the list on. */
  async function numberOf(open: Open, side: string | undefined): Promise<number> {
    const known = open.numbers.get(side);
    if (known !== undefined) return known;
    const room = newNumber();
    open.numbers.set(side, room);
    await manage({ request: "create", room, secret: open.secret, is_private: true, permanent: false, sampling_rate: 48_000, allowed: [newSecret()], audiolevel_ext: true, audiolevel_event: true, ...talking, record: false });
    return room;
  }
  const roomOf = (open: Open, seat: string): number => open.numbers.get(open.sides.get(seat)) ?? 0;
  const allow = (open: Open, room: number, pass: string, action: "add" | "remove"): Promise<Answered> => manage({ request: "allowed", secret: open.secret, action, room, allowed: [pass] });

  /** What Janus says of one seat's connection. Talking is told to everybody's handle; each believes only what is of itself. */
  function hear(room: string, open: Open, sitting: () => Sitting | undefined, { janus, plugindata }: Answered): void {
    const one = sitting();
    if (!one || open.inside.get(one.seat) !== one) return;
    if (janus === "webrtcup" && !one.isHere) arrive(room, open, one);
    if (janus === "hangup") void go(room, one, "dropped");
    const said = plugindata?.data;
    if (said?.["id"] === one.id && (said["audiobridge"] === "talking" || said["audiobridge"] === "stopped-talking")) events.tell({ room, seat: one.seat, kind: "talking", on: said["audiobridge"] === "talking" });
  }
  function arrive(room: string, open: Open, one: Sitting): void {
    one.isHere = true;
    const { seat } = one;
    events.tell({ room, seat, kind: "came" });
    if (one.as !== "listener") events.tell({ room, seat, kind: "microphone", on: true });
    if (one.as !== "listener" && isMuted(open, seat, one.as)) events.tell({ room, seat, kind: "muted", on: true });
    const side = open.sides.get(seat);
    if (side !== undefined) events.tell({ room, seat, kind: "side", side });
  }

  /** Out: the pass struck from the list, kicked, and the connection taken down. */
  async function go(room: string, one: Sitting, why: Ending): Promise<void> {
    const open = rooms.get(room);
    if (open?.inside.get(one.seat) !== one) return;
    open.inside.delete(one.seat);
    if (one.isHere) events.tell({ room, seat: one.seat, kind: "went", why });
    const number = roomOf(open, one.seat);
    await allow(open, number, one.pass, "remove");
    await manage({ request: "kick", secret: open.secret, room: number, id: one.id }).catch(() => undefined);
    await (await connect()).janus.detach(one.handle).catch(() => undefined);
  }
  async function end(room: string, seat: string, why: Ending): Promise<void> {
    const one = rooms.get(room)?.inside.get(seat);
    if (one) await go(room, one, why);
  }

  async function join(token: string, offer: string): Promise<Joined | Refusal> {
    const ticket = book.seatOf(token);
    if (isRefusal<SeatAsked>(ticket)) return ticket;
    const { room, seat, as } = ticket;
    const open = rooms.get(room);
    if (!open) return { refused: "closed" };
    await end(room, seat, "replaced");
    if (open.inside.size >= open.rules.seats) return { refused: "full" };
    const answer = await sit(room, open, seat, as, offer).catch(() => undefined);
    if (answer === undefined) await end(room, seat, "dropped");
    if (book.holderOf(token)) return answer === undefined ? { refused: "unreadable" } : { answer, ice: ice() };
    await end(room, seat, "removed");
    return { refused: "unknown" };
  }
  async function sit(room: string, open: Open, seat: string, as: As, offer: string): Promise<string | undefined> {
    const { janus } = await connect();
    let one: Sitting | undefined;
    const handle = await janus.attach((event) => hear(room, open, () => one, event));
    one = { seat, as, handle, id: newNumber(), pass: newSecret(), isHere: false };
    open.inside.set(seat, one);
    const number = await numberOf(open, open.sides.get(seat));
    await allow(open, number, one.pass, "add");
    const muted = isMuted(open, seat, as);
    await janus.ask(handle, { request: "join", room: number, id: one.id, token: one.pass, muted });
    const { jsep } = await janus.ask(handle, { request: "configure", muted }, firstPartOf(offer));
    return jsep && withOthersRefused(jsep.sdp, offer);
  }

  async function applyMute(room: string, open: Open, one: Sitting): Promise<void> {
    const on = isMuted(open, one.seat, one.as);
    await manage({ request: on ? "mute" : "unmute", secret: open.secret, room: roomOf(open, one.seat), id: one.id });
    if (one.isHere) events.tell({ room, seat: one.seat, kind: "muted", on });
  }
  async function move(room: string, open: Open, seat: string, side: string | undefined): Promise<void> {
    const one = open.inside.get(seat);
    const from = roomOf(open, seat);
    const to = await numberOf(open, side);
    if (side === undefined) open.sides.delete(seat);
    else open.sides.set(seat, side);
    if (!one || from === to) return;
    await allow(open, to, one.pass, "add");
    await (await connect()).janus.ask(one.handle, { request: "changeroom", room: to, id: one.id, token: one.pass, muted: isMuted(open, seat, one.as) });
    await allow(open, from, one.pass, "remove");
    if (one.isHere) events.tell({ room, seat, kind: "side", side });
  }
  async function closeRoom(room: string): Promise<void> {
    book.closeRoom(room);
    const open = rooms.get(room);
    if (!open) return;
    for (const one of open.inside.values()) await go(room, one, "closed");
    rooms.delete(room);
    for (const number of open.numbers.values()) await manage({ request: "destroy", secret: open.secret, room: number, permanent: false });
    events.forget(room);
  }

  return {
    kind: "janus",
    bears: 18,
    async openRoom(room, rules) {
      if (rooms.has(room)) return;
      const open: Open = { rules, secret: newSecret(), numbers: new Map(), inside: new Map(), muted: new Map(), sides: new Map(), allMuted: false };
      await numberOf(open, undefined);
      rooms.set(room, open);
    },
    seatToken: (asked) => Promise.resolve(book.issue(asked)),
    async revokeSeat(room, seat) {
      book.revoke(room, seat);
      await end(room, seat, "removed");
    },
    kick: (room, seat) => end(room, seat, "removed"),
    async muteSeat(room, seat, muted) {
      const open = rooms.get(room);
      open?.muted.set(seat, muted);
      const one = open?.inside.get(seat);
      if (open && one) await applyMute(room, open, one);
    },
    async muteAll(room) {
      const open = rooms.get(room);
      if (!open) return;
      open.allMuted = true;
      for (const seat of open.muted.keys()) if (open.inside.get(seat)?.as !== "facilitator") open.muted.delete(seat);
      for (const one of open.inside.values()) if (one.as !== "facilitator") await applyMute(room, open, one);
    },
    async moveToSide(room, seats, side) {
      const open = rooms.get(room);
      if (open) for (const seat of seats) await move(room, open, seat, side);
    },
    closeRoom,
    entry(token) {
      const ticket = book.seatOf(token);
      return Promise.resolve(isRefusal<SeatAsked>(ticket) ? ticket : { kind: "relayed" });
    },
    join,
    async leave(token) {
      const ticket = book.holderOf(token);
      if (ticket) await end(ticket.room, ticket.seat, "left");
    },
    present: events.present,
    talkTime: events.talkTime,
    subscribe: events.subscribe,
    async stop() {
      for (const room of rooms.keys()) await closeRoom(room);
      const open = await gateway?.catch(() => undefined);
      gateway = undefined;
      open?.janus.close();
    },
  };
}
