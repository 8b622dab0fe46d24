import type { Clock } from "../time/time.ts";
import { startChild, type Child } from "./embedded/child.ts";
import { mostSeats } from "./embedded/rules.ts";
import type { Place } from "./embedded/wire.ts";
import { isRefusal, type IceServer, type Joined, type Refusal, type RoomProvider, type RoomRules, type SeatAsked } from "./provider.ts";
import { roll } from "./roll.ts";
import { seatBook } from "./seats.ts";

export type EmbeddedSettings = {
  readonly clock: Clock;
  /** More addresses of this machine to listen at than those of its interfaces: 127.0.0.1, in tests. */
  readonly addresses?: readonly string[];
  /** Outer IPv4 addresses of a router that passes the same UDP ports on to this machine. */
  readonly announced?: readonly string[];
  /** The UDP ports to use, one or two for each person and interface; all free ones otherwise. */
  readonly ports?: readonly [from: number, to: number];
  /** STUN and TURN servers for each browser that comes in. */
  readonly ice?: () => readonly IceServer[];
  /** Gets a line when the media process failed: a place in the code, nothing of anybody. */
  readonly log?: (line: string) => void;
};

const longestOffer = 60_000;

/**
 * Rooms by a small media server of our own (werift), for groups of up to eight with up to four cameras: nothing to install. Everybody's
 * sound and picture come here encrypted, are opened in memory and go out again to each; the three loudest others are heard at a time.
 *
 * The media run in a process of their own, so that they slow no page; it lives from the first room to the last. It belongs to this
 * process of the program: where several serve pages, one of them must have all the rooms, or another provider is the better one.
 * It has no simulcast and does not adapt to a slow line; a camera is held to what `room.browser.ts` asks of it.
 */
export function embeddedRooms(settings: EmbeddedSettings): RoomProvider & { readonly mediaProcess: () => number | undefined } {
  const { clock, ice = () => [], log = () => undefined } = settings;
  const place: Place = { addresses: [...(settings.addresses ?? [])], announced: [...(settings.announced ?? [])], ...(settings.ports && { ports: [...settings.ports] as [number, number] }) };
  const book = seatBook(clock);
  const events = roll();
  const open = new Set<string>();
  const errorsSeen = new Set<string>();
  let child: Child | undefined;

  const start = (): Child => {
    const started = startChild(place, {
      event: (event) => events.tell(event),
      broken(where) {
        if (!errorsSeen.has(where)) log(`The media process met an error: ${where}`);
        errorsSeen.add(where);
      },
      ended() {
        if (child !== started) return;
        child = undefined;
        log("The media process ended while rooms were open.");
        const lost = [...open];
        open.clear();
        for (const room of lost) events.tell({ room, kind: "lost" });
      },
    });
    return started;
  };
  const ask: Child["ask"] = async (asked) => (child ? child.ask(asked) : { refused: "closed" });
  const endIfIdle = async (): Promise<void> => {
    const idle = child;
    if (open.size > 0 || !idle) return;
    child = undefined;
    await idle.end();
  };

  async function openRoom(room: string, { cameras, seats }: RoomRules): Promise<void> {
    if (seats > mostSeats) throw new Error(`An embedded room has up to ${mostSeats} seats, not ${seats}.`);
    if (open.has(room)) return;
    open.add(room);
    child ??= start();
    const { refused } = await child.ask({ kind: "open", room, cameras, seats });
    if (refused) throw new Error("The media process ended before the room was open.");
  }

  async function join(token: string, offer: string): Promise<Joined | Refusal> {
    const ticket = book.seatOf(token);
    if (isRefusal<SeatAsked>(ticket)) return ticket;
    const { room, seat, as } = ticket;
    if (!open.has(room)) return { refused: "closed" };
    if (offer.length > longestOffer) return { refused: "unreadable" };
    const { answer, refused } = await ask({ kind: "join", room, seat, as, offer });
    if (refused) return { refused };
    // Revoked while the answer was made: she may not have it.
    if (!book.holderOf(token)) {
      await ask({ kind: "end", room, seat, why: "removed" });
      return { refused: "unknown" };
    }
    return answer === undefined ? { refused: "broken" } : { answer, ice: ice() };
  }

  async function closeRoom(room: string): Promise<void> {
    book.closeRoom(room);
    if (!open.delete(room)) return;
    await ask({ kind: "close", room });
    events.forget(room);
    await endIfIdle();
  }

  return {
    kind: "embedded",
    bears: mostSeats,
    mediaProcess: () => child?.pid,
    openRoom,
    seatToken: (asked) => Promise.resolve(book.issue(asked)),
    async revokeSeat(room, seat) {
      book.revoke(room, seat);
      await ask({ kind: "end", room, seat, why: "removed" });
    },
    kick: async (room, seat) => void (await ask({ kind: "end", room, seat, why: "removed" })),
    muteSeat: async (room, seat, muted) => void (await ask({ kind: "mute", room, seat, muted })),
    moveToSide: async (room, seats, side) => void (await ask({ kind: "side", room, seats: [...seats], ...(side !== undefined && { side }) })),
    whisper: async (room, whispers) => void (await ask({ kind: "whisper", room, whispers: Object.fromEntries(Object.entries(whispers).map(([seat, ears]) => [seat, [...ears]])) })),
    closeRoom,
    entry(token) {
      const ticket = book.seatOf(token);
      return Promise.resolve(isRefusal<SeatAsked>(ticket) ? ticket : { kind: "relayed" });
    },
    join,
    post: () => Promise.resolve({ refused: "elsewhere" }),
    async leave(token) {
      const ticket = book.holderOf(token);
      if (ticket) await ask({ kind: "end", room: ticket.room, seat: ticket.seat, why: "left" });
    },
    present: events.present,
    talkTime: events.talkTime,
    subscribe: events.subscribe,
    async stop() {
      for (const room of open) await closeRoom(room);
      await endIfIdle();
    },
  };
}
