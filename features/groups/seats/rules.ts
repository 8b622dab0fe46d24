import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import type { Seat, SeatState, Step } from "./types.ts";

/** A baby happens: so long after the start a seat is kept for a parent who is late. */
export const keptMinutes = 15;
/** From here to the start nobody is asked by letter any more: who is here takes what is left. */
export const standbyMinutes = 10;
/** The lobby opens so long before the start. */
export const lobbyMinutes = 15;
/** So many meetings of one group at a time, so that others come too. */
export const mostAhead = 3;
/** Who let so many offers pass is asked no more by letter; she still takes a seat that is left when she is here. */
export const mostMissed = 3;
/** Coming is remembered so long, for whose turn it is; then the row is gone. */
export const attendanceDays = 30;

/** How long an offer stands, by how long it is until the start: shorter and shorter. */
const windows: readonly (readonly [leftMinutes: number, windowMinutes: number])[] = [
  [48 * 60, 12 * 60],
  [24 * 60, 4 * 60],
  [6 * 60, 60],
  [60, 20],
  [0, 5],
];

/** Until when a seat is offered at `now`: never into the last ten minutes, which are for who is here. */
export function offerEnds(now: Instant, starts: Instant): Instant {
  const left = minutesBetween(now, starts);
  const [, minutes] = windows.find(([from]) => left >= from) ?? [0, 5];
  const [end, last] = [now.add({ minutes }), starts.subtract({ minutes: standbyMinutes })];
  return isBefore(end, last) ? end : last;
}

/** `offers`: seats that come free are offered. `standby`: they go to who is here. `over`: the seats of who did not come were given on. */
export type Phase = "offers" | "standby" | "over";

export function phaseAt(starts: Instant, now: Instant): Phase {
  if (isBefore(now, starts.subtract({ minutes: standbyMinutes }))) return "offers";
  return isBefore(now, starts.add({ minutes: keptMinutes })) ? "standby" : "over";
}

/** Whose turn it is: who has missed fewest offers, then who came least lately, then who has waited longest. */
function inTurn(a: Seat, b: Seat): number {
  return a.offersMissed - b.offersMissed || a.cameLately - b.cameLately || Temporal.Instant.compare(a.askedAt, b.askedAt) || (a.id < b.id ? -1 : 1);
}

/** Is it of use to give her a seat now? */
export const mayBeGiven = ({ standby, offersMissed }: Pick<Seat, "standby" | "offersMissed">, phase: Phase): boolean => standby || (phase === "offers" && offersMissed < mostMissed);

/**
 * What is to be done so that no seat is idle while somebody would take it, and none is promised twice: offers that ran out end; a quarter
 * of an hour after the start the seats of those who never came go (who waits in the lobby has come); what is free goes to whose turn it is.
 * `asking`: she is at the page this moment, so she gets her seat and no offer. Done once, it has nothing left to do at the same moment.
 */
export function settle(seats: readonly Seat[], { starts, of, now, released, asking }: { readonly starts: Instant; readonly of: number; readonly now: Instant; /** Empty seats were given on already. */ readonly released: boolean; readonly asking?: Seat["id"] | undefined }): Step[] {
  const phase = phaseAt(starts, now);
  // Of a meeting that was moved to an earlier hour, an offer ends where the time of offers does.
  const ranOut = (seat: Seat) => seat.heldAt === undefined && seat.offeredUntil !== undefined && (phase !== "offers" || !isBefore(now, seat.offeredUntil));
  const stayedAway = (seat: Seat) => phase === "over" && !released && seat.heldAt !== undefined && !seat.here;
  const steps: Step[] = seats.flatMap((seat): Step[] => (ranOut(seat) ? [{ seat: seat.id, to: "missed_offer" }] : stayedAway(seat) ? [{ seat: seat.id, to: "no_show" }] : []));
  if (phase === "over" && released) return steps;
  const gone = new Set(steps.map(({ seat }) => seat));
  const taken = new Set(seats.flatMap(({ id, place }) => (place === undefined || gone.has(id) ? [] : [place])));
  const free = Array.from({ length: of }, (_, at) => at + 1).filter((place) => !taken.has(place));
  const waiting = seats
    .filter((seat) => seat.heldAt === undefined && (seat.offeredUntil === undefined || ranOut(seat)))
    .map((seat) => (ranOut(seat) ? { ...seat, offersMissed: seat.offersMissed + 1 } : seat))
    .filter((seat) => mayBeGiven(seat, phase))
    .sort(inTurn);
  for (const [at, { id, standby }] of waiting.slice(0, free.length).entries()) {
    const place = free[at] as number;
    steps.push(id === asking || (phase !== "offers" && standby) ? { seat: id, to: "held", place } : { seat: id, to: "offered", place, until: offerEnds(now, starts) });
  }
  return steps;
}

/** The seats as they stand once these steps are done; those that were let go of are none any more. */
export const once = (seats: readonly Seat[], steps: readonly Step[], now: Instant): Seat[] =>
  seats.flatMap((seat) => {
    let next: Seat | undefined = seat;
    for (const step of steps.filter(({ seat: id }) => id === seat.id)) next = next && after(next, step, now);
    return next ? [next] : [];
  });

function after(seat: Seat, step: Step, now: Instant): Seat | undefined {
  switch (step.to) {
    case "held":
      return { ...seat, place: step.place, heldAt: now, offeredUntil: undefined };
    case "offered":
      return { ...seat, place: step.place, offeredUntil: step.until };
    case "missed_offer":
      return { ...seat, place: undefined, offeredUntil: undefined, offersMissed: seat.offersMissed + 1 };
    case "no_show":
      return undefined;
  }
}

/** When something is to be done next although nobody does anything; undefined when nothing is. */
export function nextLook(seats: readonly Pick<Seat, "heldAt" | "offeredUntil">[], { starts, now, released }: { readonly starts: Instant; readonly now: Instant; readonly released: boolean }): Instant | undefined {
  const last = starts.subtract({ minutes: standbyMinutes });
  const ends = seats.flatMap(({ heldAt, offeredUntil }) => (heldAt === undefined && offeredUntil ? [isBefore(last, offeredUntil) ? last : offeredUntil] : []));
  const given = released ? [] : [starts.add({ minutes: keptMinutes })];
  return [...ends, ...given].filter((at) => isBefore(now, at)).sort(Temporal.Instant.compare)[0];
}

/** Too late to ask for a seat in it: it closed, or the seats of who did not come were given on. */
export const hasBegun = ({ starts, closedAt }: { readonly starts: Instant; readonly closedAt: Instant | undefined }, now: Instant): boolean => closedAt !== undefined || phaseAt(starts, now) === "over";

export type SeatRefusal = "cancelled" | "over" | "already" | "removed" | "enoughAhead" | "filled";

type Asked = { readonly cancelled: boolean; readonly closed: boolean; readonly starts: Instant; readonly already: boolean; readonly ahead: number; /** A facilitator asked this hand to leave this meeting. */ readonly removed: boolean; readonly now: Instant };

/** May she ask for a seat? `ahead`: seats and waits that she has in this group for meetings to come. */
export function refusalFor({ cancelled, closed, starts, already, ahead, removed, now }: Asked): SeatRefusal | undefined {
  if (cancelled) return "cancelled";
  if (removed) return "removed";
  if (already) return "already";
  if (closed || phaseAt(starts, now) === "over") return "over";
  return ahead >= mostAhead ? "enoughAhead" : undefined;
}

/** So many letters has what she is called there. */
export const longestAlias = 24;
const folded = (alias: string): string => alias.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Nobody in a room has another's name: the second River is River 2, and nobody is refused for it. */
export function distinctAlias(alias: string, taken: readonly string[]): string {
  const names = new Set(taken.map(folded));
  if (!names.has(folded(alias))) return alias;
  for (let number = 2; ; number += 1) {
    const end = ` ${number}`;
    const other = [...alias].slice(0, longestAlias - end.length).join("").trimEnd() + end;
    if (!names.has(folded(other))) return other;
  }
}

/** How a seat stands, by its row. */
export const stateOf = (row: { readonly released_at: Instant | null; readonly released_why: string | null; readonly held_at: Instant | null; readonly offered_until: Instant | null }): SeatState =>
  row.released_at ? (row.released_why as SeatState) : row.held_at ? "held" : row.offered_until ? "offered" : "waiting";

/** She has a seat, is offered one, or waits for one. */
export const stands = (state: SeatState): boolean => state === "held" || state === "offered" || state === "waiting";

/** An evening may run over by so much, and no more. */
export const overtimeMinutes = 30;

export type Times = { readonly starts: Instant; readonly ends: Instant; readonly cancelledAt: Instant | undefined; readonly openedAt: Instant | undefined; readonly closedAt: Instant | undefined };

/** Is it over? It was cancelled or closed, or its time has run out: a room that is open goes on for half an hour. The one rule of her seat, the lobby and the room. */
export const isOver = ({ ends, cancelledAt, openedAt, closedAt }: Times, now: Instant): boolean =>
  cancelledAt !== undefined || closedAt !== undefined || !isBefore(now, openedAt ? ends.add({ minutes: overtimeMinutes }) : ends);

/** The lobby is open from a quarter of an hour before the start until it is over. */
export const lobbyIsOpen = (times: Times, now: Instant): boolean => !isBefore(now, times.starts.subtract({ minutes: lobbyMinutes })) && !isOver(times, now);

/** She was in the lobby or in the room of this meeting, so that she may have seen something there. */
export const wasThere = ({ came, lobbyAt }: { readonly came: boolean; readonly lobbyAt: Instant | undefined }): boolean => came || lobbyAt !== undefined;
