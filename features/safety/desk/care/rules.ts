import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import type { Priority } from "../../types.ts";
import type { Exposure, Load, Topic, Week } from "./types.ts";

/** What reading something to its end weighs, by how grave it is. */
export const pointsOf: Readonly<Record<Priority, number>> = { 0: 8, 1: 5, 2: 2, 3: 1 };

/** From here she is told to rest. */
export const softCap = 20;
/** From here nothing new is given to her but what cannot wait. */
export const hardCap = 30;
export const restMinutes = 30;
/** A note for whoever comes next stands so long; what a moderator carried is kept for a quarter of a year. */
export const noteHours = 24;
export const careDays = 91;
/** Whoever read nothing for so long has rested. */
const shiftHours = 8;

/** What she carries since she last rested, or in the last eight hours. */
export function loadOf(exposures: readonly Exposure[], breaks: readonly { readonly endsAt: Instant }[], now: Instant): Load {
  const rested = breaks.map(({ endsAt }) => endsAt).sort(Temporal.Instant.compare).at(-1);
  const from = [now.subtract({ hours: shiftHours }), ...(rested && isBefore(rested, now) ? [rested] : [])].sort(Temporal.Instant.compare).at(-1) ?? now;
  const points = exposures.filter(({ at }) => !isBefore(at, from)).reduce((sum, one) => sum + one.points, 0);
  return { points, level: points >= hardCap ? "tooMuch" : points >= softCap ? "full" : "light", restUntil: rested && isBefore(now, rested) ? rested : undefined };
}

/** After too much only what is most urgent is hers to take; a person in danger does not wait for a rest. */
export const mayTakeMore = ({ level }: Pick<Load, "level">, priority: Priority): boolean => level !== "tooMuch" || priority === 0;

/** Is she to be asked how she is: something heavy today, and not asked since? */
export function asksHow(exposures: readonly Exposure[], askedAt: Instant | undefined, now: Instant): boolean {
  return exposures.some(({ priority, at }) => priority <= 1 && isBefore(now.subtract({ hours: 24 }), at) && (askedAt === undefined || isBefore(askedAt, at)));
}

/** By which codes of why a case is on the desk each of them is told. */
const codesOf: Readonly<Record<Topic, readonly string[]>> = {
  despair: ["despair"],
  self_harm: ["selfHarm", "method", "note_self_harm"],
  thoughts: ["frighteningThoughts", "note_thoughts"],
  violence: ["harmByOther", "babyAtRisk", "note_violence"],
  loss: ["note_loss"],
  birth: ["note_birth"],
};

/** Is a case about something that she leaves to others? What is most urgent is shown to everybody. */
export const leftToOthers = (whys: readonly string[], priority: Priority, topics: readonly Topic[]): boolean =>
  priority > 0 && topics.some((topic) => codesOf[topic].some((code) => whys.includes(code)));

const priorities: readonly Priority[] = [0, 1, 2, 3];

/** The last seven days beside the seven before. */
export function weekOf(exposures: readonly Exposure[], breaks: number, now: Instant): Week {
  const [start, before] = [now.subtract({ hours: 7 * 24 }), now.subtract({ hours: 14 * 24 })];
  const within = (from: Instant, to: Instant) => exposures.filter(({ at }) => !isBefore(at, from) && (isBefore(at, to) || at.equals(to)));
  const [these, those] = [within(start, now), within(before, start)];
  const sum = (all: readonly Exposure[]) => all.reduce((points, one) => points + one.points, 0);
  return { read: these.length, points: sum(these), pointsBefore: sum(those), byPriority: priorities.map((priority) => ({ priority, read: these.filter((one) => one.priority === priority).length })), breaks };
}
