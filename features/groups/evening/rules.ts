import { isBefore, secondsBetween, type Instant } from "../../../platform/time/time.ts";
import { lobbyMinutes } from "../seats/rules.ts";
import type { Guest, RoomState } from "./types.ts";

/** A room is opened by two. */
export const leadersToOpen = 2;
/** Without a facilitator for so long the room becomes the lobby again. */
export const aloneSeconds = 60;
/** A page that has not been heard of for so long is closed. */
export const goneSeconds = 45;
/** What was written goes so long after the end. */
export const clearedMinutes = 60;
/** An evening may run over by so much, and no more. */
export const overtimeMinutes = 30;

type Times = { readonly starts: Instant; readonly ends: Instant; readonly cancelledAt: Instant | undefined; readonly openedAt: Instant | undefined; readonly closedAt: Instant | undefined };

/** How the room stands. It is open only while a facilitator is in it. */
export function stateOf({ starts, ends, cancelledAt, openedAt, closedAt }: Times, leadersHere: number, now: Instant): RoomState {
  if (closedAt || cancelledAt || !isBefore(now, ends.add({ minutes: overtimeMinutes }))) return "over";
  if (isBefore(now, starts.subtract({ minutes: lobbyMinutes }))) return "closed";
  return openedAt && leadersHere > 0 ? "open" : "lobby";
}

export const isHere = (seenAt: Instant, now: Instant): boolean => secondsBetween(seenAt, now) < goneSeconds;

/** Is it to become the lobby again? `lastSeen`: of the facilitator who was here last. */
export const isLeftAlone = (lastSeen: Instant | undefined, openedAt: Instant, now: Instant): boolean => secondsBetween(lastSeen ?? openedAt, now) > aloneSeconds;

export type OpenRefusal = "notTime" | "needsTwo" | "untrained" | "over";

/** May the room be opened by those who are here? */
export function refusalToOpen({ state, here, trained }: { readonly state: RoomState; readonly here: number; readonly trained: number }): OpenRefusal | undefined {
  if (state === "over") return "over";
  if (state === "closed") return "notTime";
  if (here < leadersToOpen) return "needsTwo";
  return trained < here ? "untrained" : undefined;
}

/** Is she in the room, with the group or aside? */
export const isIn = ({ where }: Pick<Guest, "where">): boolean => where === "room" || where === "side";

/** Whose turn is next: of those who ask, who had fewest turns, and then who asked first. A pass is a turn and costs nothing: she may ask again. */
export function inTurn(guests: readonly Guest[]): Guest[] {
  return guests
    .filter((guest) => guest.raisedAt !== undefined && guest.calledAt === undefined && isIn(guest))
    .sort((a, b) => a.turns - b.turns || Temporal.Instant.compare(a.raisedAt as Instant, b.raisedAt as Instant) || (a.id < b.id ? -1 : 1));
}

/** Whose turn it is now. */
export const speaking = (guests: readonly Guest[]): Guest | undefined => guests.find(({ calledAt }) => calledAt !== undefined);
