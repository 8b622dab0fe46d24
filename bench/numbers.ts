/** The value below which `percent` of the values lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

const round = (value: number, digits: number) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** "1,234 (1,200–1,260)": the median of all runs, with the least and the most. */
export const spread = (values: readonly number[], digits = 0): string => `${round(median(values), digits)} (${round(Math.min(...values), digits)}–${round(Math.max(...values), digits)})`;
