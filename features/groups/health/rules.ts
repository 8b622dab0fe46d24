import type { HealthNumber, Summed } from "./types.ts";

/** Numbers below this could be somebody: they are shown as "fewer than". */
export const fewest = 3;

/** So far back the numbers go. */
export const healthWeeks = 8;

export const shown = (count: number): HealthNumber => (count < fewest ? { fewer: fewest } : { count });

/** Of `whole`, so many; unknown where one of the two is too small to be shown, or what is left between them is. */
export function shareOf({ part, whole }: Summed): number | undefined {
  if (part < fewest || whole - part < fewest) return undefined;
  return Math.round((part / whole) * 100);
}
