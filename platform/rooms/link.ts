import type { Clock } from "../time/time.ts";
import { isRefusal, type RoomProvider, type SeatAsked } from "./provider.ts";
import { roll } from "./roll.ts";
import { seatBook } from "./seats.ts";

/**
 * An organization's own meeting program (Jitsi, Zoom, BigBlueButton). Its address is told to a seat that may come in now, and to nobody
 * else; but who has seen it once can keep it. Muting, removing and side rooms are that program's own, in its facilitators' hands: here a
 * revocation only stops the address from being told again, and nobody is ever seen as present. `addressOf`: a room's, as it was entered.
 */
export function linkedRooms(clock: Clock, addressOf: (room: string) => Promise<string | undefined>): RoomProvider {
  const book = seatBook(clock);
  const events = roll();
  const open = new Set<string>();
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    kind: "link",
    bears: 500,
    openRoom(room) {
      open.add(room);
      return Promise.resolve();
    },
    seatToken: (asked) => Promise.resolve(book.issue(asked)),
    revokeSeat(room, seat) {
      book.revoke(room, seat);
      return Promise.resolve();
    },
    kick: nothing,
    muteSeat: nothing,
    moveToSide: nothing,
    closeRoom(room) {
      open.delete(room);
      book.closeRoom(room);
      return Promise.resolve();
    },
    async entry(token) {
      const ticket = book.seatOf(token);
      if (isRefusal<SeatAsked>(ticket)) return ticket;
      const href = open.has(ticket.room) ? await addressOf(ticket.room) : undefined;
      return href === undefined ? { refused: "closed" } : { kind: "link", href };
    },
    join: () => Promise.resolve({ refused: "elsewhere" }),
    post: () => Promise.resolve({ refused: "elsewhere" }),
    leave: nothing,
    present: events.present,
    talkTime: events.talkTime,
    subscribe: events.subscribe,
    stop: nothing,
  };
}
