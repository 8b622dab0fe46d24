import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../time/time.ts";
import type { PostAnswer, Posted, Word } from "./channel.ts";
import { type Answered, type Gateway, openGateway } from "./janus/gateway.ts";
import { mailbox, type Mailbox } from "./janus/mailbox.ts";
import { openPictures, type Pictures, TooManyCameras } from "./janus/pictures.ts";
import { firstPartOf, withOthersRefused } from "./janus/rules.ts";
import { onceEach } from "./opening.ts";
import { type As, type Ending, type IceServer, isRefusal, type Joined, type Refusal, type RoomProvider, type RoomRules, type SeatAsked } from "./provider.ts";
import { roll } from "./roll.ts";
import { seatBook } from "./seats.ts";

/** `url`: the WebSocket of a Janus that only this machine reaches (ws://127.0.0.1:8188). */
export type JanusPlace = { readonly url: string; readonly apiSecret?: string };

/** `ice`: STUN and TURN servers for each browser that comes in. `log` gets a line where something of this Janus is missing. */
export type JanusSettings = { readonly ice?: () => readonly IceServer[]; readonly log?: (line: string) => void };

/** A seat that is inside. `id` is its number in the AudioBridge, `token` by what that lets it in; `pass` is by what its browser posts. */
type Sitting = { readonly room: string; readonly seat: string; readonly as: As; readonly handle: number; readonly id: number; readonly token: string; readonly pass: string; readonly words: Mailbox; isHere: boolean };

/** A room and its side rooms: their numbers in the AudioBridge. */
type Open = {
  readonly rules: RoomRules;
  /** Where the group's rule lets no camera on, there is no place for pictures at all. */
  readonly pictures: Pictures | undefined;
  readonly secret: string;
  readonly numbers: Map<string | undefined, number>;
  readonly inside: Map<string, Sitting>;
  readonly muted: Map<string, boolean>;
  readonly sides: Map<string, string>;
};

// A fifth of a second louder than -60 dBov on the average is talk.
const talking = { audio_active_packets: 10, audio_level_average: 60 };
const newNumber = (): number => randomInt(1, 2 ** 47);
const newSecret = (): string => randomBytes(18).toString("base64url");
const mixer = "janus.plugin.audiobridge";
/** So long who was ended may still ask why. */
const afterwardsMs = 30_000;
const noVoices = [null, null, null] as const;

/**
 * Rooms on a Janus beside us (Debian's `janus`): its AudioBridge mixes everybody's sound, so that sixteen people cost each of them one
 * stream. The browser hears the mix as the fourth of its `voices`. Pictures of up to six cameras go by its VideoRoom, where the group's
 * rule welcomes them; a Janus without one carries sound alone, and says so in `log`. There is no data channel: who talks, whose pictures
 * are where and that she is out each browser asks by `post`.
 *
 * Each coming in gets a token of its own on the mixer's list of allowed ones; a revocation strikes it and kicks.
 */
export function janusRooms(place: JanusPlace, clock: Clock, { ice = () => [], log = () => undefined }: JanusSettings = {}): RoomProvider {
  const book = seatBook(clock);
  const events = roll();
  const rooms = new Map<string, Open>();
  const passes = new Map<string, Sitting>();
  const once = onceEach();
  let gateway: Promise<{ readonly janus: Gateway; readonly desk: number }> | undefined;

  function connect(): NonNullable<typeof gateway> {
    gateway ??= openGateway(place.url, place.apiSecret, lost).then(async (janus) => ({ janus, desk: await janus.attach(mixer, () => undefined) }));
    gateway.catch(() => (gateway = undefined));
    return gateway;
  }
  function lost(): void {
    gateway = undefined;
    const names = [...rooms.keys()];
    for (const { inside } of rooms.values()) for (const one of inside.values()) forget(one, "dropped");
    rooms.clear();
    for (const room of names) events.tell({ room, kind: "lost" });
  }
  async function manage(body: object): Promise<Answered> {
    const { janus, desk } = await connect();
    return janus.ask(desk, body);
  }

  const isMuted = ({ muted }: Open, seat: string, as: As): boolean => as === "listener" || (muted.get(seat) ?? false);

  /** A place for the pictures of this room. Without a VideoRoom the group still has its voices. */
  async function picturesFor(room: string): Promise<Pictures | undefined> {
    const { janus } = await connect();
    const tellHer = (seat: string, word: Word): void => rooms.get(room)?.inside.get(seat)?.words.put(word);
    return openPictures(janus, {
      camera(seat, on) {
        events.tell({ room, seat, kind: "camera", on });
        tellHer(seat, { kind: "camera", camera: on ? "on" : "off" });
      },
      slots: (seat, slots) => tellHer(seat, { kind: "slots", voices: noVoices, pictures: slots.map((one) => one ?? null) }),
      offer: (seat, offer) => tellHer(seat, { kind: "pictures", offer }),
      seen(seat) {
        const open = rooms.get(room);
        return open ? [...open.inside.keys()].filter((other) => sideBySide(open, seat, other)) : [];
      },
    }).catch(() => {
      log("This Janus has no VideoRoom: its groups have voices and no pictures.");
      return undefined;
    });
  }

  /** The number of the room or of one of its side rooms, which is made when it is first needed. An unguessable token on its list keeps the list on. */
  async function numberOf(open: Open, side: string | undefined): Promise<number> {
    const known = open.numbers.get(side);
    if (known !== undefined) return known;
    const room = newNumber();
    open.numbers.set(side, room);
    await manage({ request: "create", room, secret: open.secret, is_private: true, permanent: false, sampling_rate: 48_000, allowed: [newSecret()], audiolevel_ext: true, audiolevel_event: true, ...talking, record: false });
    return room;
  }
  const sideBySide = (open: Open, one: string, other: string): boolean => one !== other && open.sides.get(one) === open.sides.get(other);
  const roomOf = (open: Open, seat: string): number => open.numbers.get(open.sides.get(seat)) ?? 0;
  const allow = (open: Open, room: number, token: string, action: "add" | "remove"): Promise<Answered> => manage({ request: "allowed", secret: open.secret, action, room, allowed: [token] });

  /** Who talks, to each who hears it. */
  function tellTalking(room: string, open: Open): void {
    const talks = events.present(room).filter((one) => one.talking).map(({ seat }) => seat);
    for (const { seat, words } of open.inside.values()) words.put({ kind: "talking", seats: talks.filter((other) => sideBySide(open, seat, other)) });
  }

  /** What Janus says of one seat's connection. Talking is told to everybody's handle; each believes only what is of itself. */
  function hear(room: string, open: Open, sitting: () => Sitting | undefined, { janus, plugindata }: Answered): void {
    const one = sitting();
    if (!one || open.inside.get(one.seat) !== one) return;
    if (janus === "webrtcup" && !one.isHere) arrive(room, open, one);
    if (janus === "hangup") void go(room, one, "dropped");
    const said = plugindata?.data;
    if (said?.["id"] !== one.id || (said["audiobridge"] !== "talking" && said["audiobridge"] !== "stopped-talking")) return;
    events.tell({ room, seat: one.seat, kind: "talking", on: said["audiobridge"] === "talking" });
    tellTalking(room, open);
  }
  function arrive(room: string, open: Open, one: Sitting): void {
    one.isHere = true;
    const { seat } = one;
    events.tell({ room, seat, kind: "came" });
    if (one.as !== "listener") events.tell({ room, seat, kind: "microphone", on: true });
    if (one.as !== "listener" && isMuted(open, seat, one.as)) tellMuted(one, true);
    const side = open.sides.get(seat);
    if (side !== undefined) tellSide(one, side);
  }
  function tellMuted({ room, seat, as, words }: Sitting, on: boolean): void {
    events.tell({ room, seat, kind: "muted", on });
    // To a listener it is nothing new.
    if (as !== "listener") words.put({ kind: "muted", muted: on });
  }
  function tellSide({ room, seat, words }: Sitting, side: string | undefined): void {
    events.tell({ room, seat, kind: "side", side });
    words.put({ kind: "side", side: side ?? null });
  }

  /** Nothing that this browser posts is taken any more; why, it may still ask. */
  function forget(one: Sitting, why: Ending): void {
    one.words.put({ kind: "ended", why });
    setTimeout(() => {
      passes.delete(one.pass);
      one.words.close();
    }, afterwardsMs).unref();
  }
  /** Out: the token struck from the list, kicked, and the connections taken down. */
  async function go(room: string, one: Sitting, why: Ending): Promise<void> {
    const open = rooms.get(room);
    if (open?.inside.get(one.seat) !== one) return;
    open.inside.delete(one.seat);
    forget(one, why);
    const blind = open.pictures?.end(one.seat);
    if (one.isHere) events.tell({ room, seat: one.seat, kind: "went", why });
    const number = roomOf(open, one.seat);
    await allow(open, number, one.token, "remove");
    await manage({ request: "kick", secret: open.secret, room: number, id: one.id }).catch(() => undefined);
    await blind;
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
    const joined = await sit(room, open, seat, as, offer).catch(() => undefined);
    if (joined === undefined) await end(room, seat, "dropped");
    if (book.holderOf(token)) return joined ?? { refused: "unreadable" };
    await end(room, seat, "removed");
    return { refused: "unknown" };
  }
  async function sit(room: string, open: Open, seat: string, as: As, offer: string): Promise<Joined | undefined> {
    const { janus } = await connect();
    let one: Sitting | undefined;
    const handle = await janus.attach(mixer, (event) => hear(room, open, () => one, event));
    one = { room, seat, as, handle, id: newNumber(), token: newSecret(), pass: newSecret(), words: mailbox(), isHere: false };
    open.inside.set(seat, one);
    passes.set(one.pass, one);
    const number = await numberOf(open, open.sides.get(seat));
    await allow(open, number, one.token, "add");
    const muted = isMuted(open, seat, as);
    await janus.ask(handle, { request: "join", room: number, id: one.id, token: one.token, muted });
    const { jsep } = await janus.ask(handle, { request: "configure", muted }, { type: "offer", sdp: firstPartOf(offer) });
    const pictures = await open.pictures?.offerTo(seat);
    return jsep && { answer: withOthersRefused(jsep.sdp, offer), ice: ice(), pass: one.pass, ...(pictures !== undefined && { pictures }) };
  }

  async function post(pass: string, posted: Posted): Promise<PostAnswer | Refusal> {
    const one = passes.get(pass);
    if (!one) return { refused: "unknown" };
    if (posted.kind === "hear") return one.words.after(posted.after);
    const open = rooms.get(one.room);
    if (open?.inside.get(one.seat) !== one) return { refused: "removed" };
    if (posted.kind === "leave") await go(one.room, one, "left");
    if (posted.kind === "watch") await open.pictures?.answered(one.seat, posted.answer).catch(() => undefined);
    if (posted.kind === "microphone" && one.isHere && one.as !== "listener") events.tell({ room: one.room, seat: one.seat, kind: "microphone", on: posted.on });
    return posted.kind === "camera" ? switchCamera(open, one, posted.offer) : {};
  }
  async function switchCamera({ pictures }: Open, { seat, as, words }: Sitting, offer: string | null): Promise<PostAnswer | Refusal> {
    const refuse = (refused: "full" | "unwelcome" | "unreadable"): Refusal => {
      words.put({ kind: "camera", camera: refused === "full" ? "full" : "unwelcome" });
      return { refused };
    };
    if (offer === null) {
      await pictures?.hide(seat);
      return {};
    }
    if (!pictures || as === "listener") return refuse("unwelcome");
    return pictures.show(seat, offer).then(
      (answer) => ({ answer }),
      (error: unknown) => refuse(error instanceof TooManyCameras ? "full" : "unreadable"),
    );
  }

  async function applyMute(open: Open, one: Sitting): Promise<void> {
    const on = isMuted(open, one.seat, one.as);
    await manage({ request: on ? "mute" : "unmute", secret: open.secret, room: roomOf(open, one.seat), id: one.id });
    if (one.isHere) tellMuted(one, on);
  }
  async function move(open: Open, seat: string, side: string | undefined): Promise<void> {
    const one = open.inside.get(seat);
    const from = roomOf(open, seat);
    const to = await numberOf(open, side);
    if (side === undefined) open.sides.delete(seat);
    else open.sides.set(seat, side);
    if (!one || from === to) return;
    const routed = open.pictures?.route();
    await allow(open, to, one.token, "add");
    await (await connect()).janus.ask(one.handle, { request: "changeroom", room: to, id: one.id, token: one.token, muted: isMuted(open, seat, one.as) });
    await allow(open, from, one.token, "remove");
    await routed;
    if (!one.isHere) return;
    tellSide(one, side);
    tellTalking(one.room, open);
  }
  async function closeRoom(room: string): Promise<void> {
    book.closeRoom(room);
    const open = rooms.get(room);
    if (!open) return;
    for (const one of open.inside.values()) await go(room, one, "closed");
    rooms.delete(room);
    for (const number of open.numbers.values()) await manage({ request: "destroy", secret: open.secret, room: number, permanent: false });
    await open.pictures?.close();
    events.forget(room);
  }

  async function openRoom(room: string, rules: RoomRules): Promise<void> {
    if (rooms.has(room)) return;
    const pictures = rules.cameras === "welcome" ? await picturesFor(room) : undefined;
    const open: Open = { rules, pictures, secret: newSecret(), numbers: new Map(), inside: new Map(), muted: new Map(), sides: new Map() };
    await numberOf(open, undefined);
    rooms.set(room, open);
  }

  return {
    kind: "janus",
    bears: 18,
    openRoom: (room, rules) => once(room, () => openRoom(room, rules)),
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
      if (open && one) await applyMute(open, one);
    },
    async moveToSide(room, seats, side) {
      const open = rooms.get(room);
      if (open) for (const seat of seats) await move(open, seat, side);
    },
    closeRoom,
    entry(token) {
      const ticket = book.seatOf(token);
      return Promise.resolve(isRefusal<SeatAsked>(ticket) ? ticket : { kind: "relayed" });
    },
    join,
    post,
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
