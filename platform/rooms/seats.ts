import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../time/time.ts";
import type { Refusal, SeatAsked } from "./provider.ts";
import { doorOf } from "./rules.ts";

const mostTokens = 20;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/**
 * Who holds which seat. In memory, and of each token only its SHA-256, so that nothing which is stored or dumped opens a door.
 * A restart of the program makes every token unknown; its pages then ask for new ones.
 */
export function seatBook(clock: Clock) {
  const tickets = new Map<string, SeatAsked>();
  const barred = new Map<string, Set<string>>();
  const drop = (which: (ticket: SeatAsked) => boolean): void => {
    for (const [hash, ticket] of tickets) if (which(ticket)) tickets.delete(hash);
  };
  const isBarred = (room: string, seat: string): boolean => barred.get(room)?.has(seat) ?? false;
  return {
    /** A token of 256 random bits. The oldest of a seat with more than twenty goes. */
    issue(ticket: SeatAsked): string | Refusal {
      const { room, seat } = ticket;
      if (isBarred(room, seat)) return { refused: "removed" };
      const same = [...tickets].filter(([, other]) => other.room === room && other.seat === seat);
      for (const [hash] of same.slice(0, Math.max(0, same.length + 1 - mostTokens))) tickets.delete(hash);
      const token = randomBytes(32).toString("base64url");
      tickets.set(hashOf(token), ticket);
      return token;
    },
    /** The seat that this token opens now. */
    seatOf(token: string): SeatAsked | Refusal {
      const ticket = tickets.get(hashOf(token));
      if (!ticket) return { refused: "unknown" };
      return doorOf(ticket, clock()) ?? ticket;
    },
    /** The seat of this token, whatever the hour. */
    holderOf: (token: string): SeatAsked | undefined => tickets.get(hashOf(token)),
    revoke(room: string, seat: string): void {
      drop((ticket) => ticket.room === room && ticket.seat === seat);
      barred.set(room, (barred.get(room) ?? new Set()).add(seat));
    },
    closeRoom(room: string): void {
      drop((ticket) => ticket.room === room);
      barred.delete(room);
    },
  };
}
