import { isBefore, secondsBetween, type Instant } from "../../../platform/time/time.ts";
import { isOver, lobbyMinutes, type Times } from "../seats/rules.ts";
import type { Evening, Guest, Line, RoomState } from "./types.ts";

/** A room is opened by two. */
export const leadersToOpen = 2;
/** Without a facilitator for so long the room becomes the lobby again. */
export const aloneSeconds = 60;
/** A page that has not been heard of for so long is closed. */
export const goneSeconds = 45;
/** What was written goes so long after the end. */
export const clearedMinutes = 60;
/** So long after the end it goes in any case, however the evening ended. */
export const leftoverHours = 3;
/** How the room stands. It is open only while a facilitator is in it. */
export function stateOf(times: Times, leadersHere: number, now: Instant): RoomState {
  if (isOver(times, now)) return "over";
  if (isBefore(now, times.starts.subtract({ minutes: lobbyMinutes }))) return "closed";
  return times.openedAt && leadersHere > 0 ? "open" : "lobby";
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

/** Who reads: a seat or a facilitator, and where she is. */
export type LineReader = { readonly who: string } & (
  | { readonly leads: false; readonly small: Guest["small"] }
  | { readonly leads: true; readonly small: { readonly room: number } | undefined }
);

/** A seat of this evening as a reader. */
export const seatReads = ({ guests }: Evening, who: string): LineReader => ({ who, leads: false, small: guests.find(({ id }) => id === who)?.small });

/** Somebody who leads it, and where she visits. */
export function leaderReads({ leaders }: Evening, who: string): LineReader {
  const room = leaders.find(({ id }) => id === who)?.visits;
  return { who, leads: true, small: room === undefined ? undefined : { room } };
}

/**
 * Does she read this line? A note is for those who lead and its writer; what is written in a small room is for who is in it. Who is there
 * reads of the group what was written before she went, and what those who lead write to all: nobody reads along where nobody sees her.
 */
export function mayRead(line: Pick<Line, "seat" | "byLeader" | "toLeaders" | "small" | "at">, reader: LineReader): boolean {
  if (line.toLeaders) return reader.leads || line.seat === reader.who;
  if (line.small !== undefined) return line.small === reader.small?.room;
  return reader.leads || reader.small === undefined || line.byLeader || isBefore(line.at, reader.small.since);
}

/** Whose turn is next: of those with the group who ask, who had fewest turns, and then who asked first. A pass is a turn and costs nothing: she may ask again. */
export function inTurn(guests: readonly Guest[]): Guest[] {
  return guests
    .filter((guest) => guest.raisedAt !== undefined && guest.calledAt === undefined && isIn(guest) && guest.small === undefined)
    .sort((a, b) => a.turns - b.turns || Temporal.Instant.compare(a.raisedAt as Instant, b.raisedAt as Instant) || (a.id < b.id ? -1 : 1));
}

/** Whose turn it is now. */
export const speaking = (guests: readonly Guest[]): Guest | undefined => guests.find(({ calledAt }) => calledAt !== undefined);
