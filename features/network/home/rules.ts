/** Below this nobody is counted: a small number could point at someone. */
export const countedFrom = 5;

/**
 * How many people we say are here: never more than are, and never a number that tells of one who came or went.
 * Undefined below five. Fives up to 50, tens up to 100, fifties up to 1,000, hundreds from there.
 */
export function roundedCount(people: number): number | undefined {
  if (people < countedFrom) return undefined;
  const step = people < 50 ? 5 : people < 100 ? 10 : people < 1000 ? 50 : 100;
  return Math.floor(people / step) * step;
}

/**
 * How many windows are lit: one for each person counted. Below five none is, since a lit window says "someone is awake here";
 * the street then has its lamp, and the light over our own door while a volunteer is on duty.
 */
export const litWindows = (people: number): number => Math.min(roundedCount(people) ?? 0, 60);
