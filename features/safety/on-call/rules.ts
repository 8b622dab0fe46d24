import type { MemberId } from "../../../platform/http/scope.ts";
import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { questions, ranks, type Answered, type Asks, type Disclosure, type Gap, type InLine, type Outcome, type Question, type Refusal, type Roster, type Shift, type Step } from "./types.ts";

/** Whoever is asked has so long to say "I have it" before the next one is asked. */
export const answerWithinMinutes = 5;
/** Once nobody was reached, everybody is asked again so often, for as long as it is open. */
export const askAgainMinutes = 15;

type Page = { readonly acknowledged: boolean; readonly closed: boolean };
export type NextStep = { readonly take: Step } | { readonly waitUntil: Instant };

/**
 * The ladder. The first on call is asked; five minutes later the second; then the lead; then everybody; then it is written down that nobody
 * was reached, and everybody is asked again every 15 minutes. It ends when somebody says "I have it".
 * A rung on which nobody stands is passed over at once, so that nobody waits for a gap in the roster.
 * Undefined: no step is needed any more.
 */
export function nextStep(page: Page, steps: readonly Step[], roster: Roster, now: Instant): NextStep | undefined {
  if (page.acknowledged || page.closed) return undefined;
  const last = steps.at(-1);
  if (last && isBefore(now, last.dueAt)) return { waitUntil: last.dueAt };
  const asks = rungAfter(steps, roster);
  const again = steps.some((step) => step.asks === "nobody");
  const minutes = again || asks === "nobody" ? askAgainMinutes : answerWithinMinutes;
  return { take: { number: (last?.number ?? 0) + 1, asks, members: askedOn(asks, steps, roster), takenAt: now, dueAt: now.add({ minutes }) } };
}

const ladder: readonly Asks[] = [...ranks, "everyone", "nobody"];

function rungAfter(steps: readonly Step[], roster: Roster): Asks {
  if (steps.some(({ asks }) => asks === "nobody")) return "everyone";
  const last = steps.at(-1);
  const above = ladder.slice(last ? ladder.indexOf(last.asks) + 1 : 0);
  return above.find((asks) => askedOn(asks, steps, roster).length > 0) ?? "nobody";
}

/** In her turn each is asked once; "everybody" is everybody, also who was asked before. */
function askedOn(asks: Asks, steps: readonly Step[], { line, everyone }: Roster): readonly MemberId[] {
  if (asks === "nobody") return [];
  if (asks === "everyone") return everyone;
  const asked = new Set(steps.flatMap(({ members }) => members));
  return line.filter(({ rank, memberId }) => rank === asks && !asked.has(memberId)).map(({ memberId }) => memberId);
}

export const isOnCall = ({ from, until }: Shift, now: Instant): boolean => !isBefore(now, from) && isBefore(now, until);

/**
 * Who is asked in turn at `now`: whoever has a shift and can still be on call. With none of them there, supervisors and then coordinators
 * stand in (`standIns`, in their order), one a rung.
 */
export function lineAt(shifts: readonly Shift[], canBeCalled: ReadonlySet<MemberId>, standIns: readonly MemberId[], now: Instant): InLine[] {
  const onCall = shifts.filter((shift) => isOnCall(shift, now) && canBeCalled.has(shift.memberId)).map(({ memberId, rank }) => ({ memberId, rank }));
  if (onCall.length > 0) return onCall;
  return ranks.flatMap((rank, place) => (standIns[place] ? [{ memberId: standIns[place], rank }] : []));
}

/** From `from` to `until`: when are fewer than two people on call? In the order of time, each stretch as long as it stays the same. */
export function gapsIn(shifts: readonly Shift[], from: Instant, until: Instant): Gap[] {
  const edges = [from, until, ...shifts.flatMap((shift) => [shift.from, shift.until])].filter((at) => !isBefore(at, from) && !isBefore(until, at)).sort((a, b) => Temporal.Instant.compare(a, b));
  const gaps: Gap[] = [];
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1];
    if (!end || !isBefore(start, end)) continue;
    const there = [...new Set(shifts.filter((shift) => isOnCall(shift, start)).map(({ memberId }) => memberId))];
    if (there.length > 1) continue;
    const before = gaps.at(-1);
    if (before && before.alone === there[0] && !isBefore(before.until, start)) gaps[gaps.length - 1] = { ...before, until: end };
    else gaps.push({ from: start, until: end, alone: there[0] });
  }
  return gaps;
}

/** Nobody is on call for longer than this at a stretch. */
export const longestShiftHours = 72;

/** May she have this shift, beside those that she has? */
export function mayGive(shift: { readonly from: Instant; readonly until: Instant }, hers: readonly Shift[]): Refusal | undefined {
  if (!isBefore(shift.from, shift.until)) return { refused: "endsBeforeItBegins" };
  if (minutesBetween(shift.from, shift.until) > longestShiftHours * 60) return { refused: "tooLong" };
  const overlaps = hers.some(({ from, until }) => isBefore(from, shift.until) && isBefore(shift.from, until));
  return overlaps ? { refused: "hasOneAlready" } : undefined;
}

/** What is not answered yet, in the order of the list. */
export const openQuestions = (answered: Answered): Question[] => questions.filter((question) => answered[question] === undefined);

/** A page closes when somebody had it and the list is gone through; "we asked for help from outside" only where two people decided that. */
export function mayClose(page: { readonly acknowledged: boolean; readonly answered: Answered; readonly outcome: Outcome; readonly disclosures: readonly Disclosure[] }): Refusal | undefined {
  if (!page.acknowledged) return { refused: "nobodyHasIt" };
  if (openQuestions(page.answered).length > 0) return { refused: "checklistOpen" };
  const decided = page.disclosures.some(({ agreedBy }) => agreedBy !== undefined);
  return page.outcome === "emergency_by_us" && !decided ? { refused: "needsTwo" } : undefined;
}

/** Two people: whoever asked for it is never the second. */
export const mayAgree = (disclosure: Pick<Disclosure, "askedBy">, by: MemberId): Refusal | undefined => (disclosure.askedBy === by ? { refused: "sameOne" } : undefined);
