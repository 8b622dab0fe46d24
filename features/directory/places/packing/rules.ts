import { plainCode } from "../rules.ts";
import type { PostcodeRow, TownRow } from "../types.ts";

/*
 * Places packed small: a JSON head, then points as steps from the one before, in hundredths of a degree.
 * With Brotli the 41,700 ZIP codes of the United States are 88 KB and its 17,300 towns 97 KB.
 */

const zigzag = (step: number): number => (step < 0 ? -2 * step - 1 : 2 * step);

function varints(counts: Iterable<number>): number[] {
  const bytes: number[] = [];
  for (let count of counts) {
    for (; count > 127; count >>>= 7) bytes.push((count & 127) | 128);
    bytes.push(count);
  }
  return bytes;
}

const hundredths = (degrees: number): number => Math.round(degrees * 100);

function steps(rows: readonly { readonly latitude: number; readonly longitude: number }[]): number[] {
  return rows.flatMap(({ latitude, longitude }, index) => {
    const before = rows[index - 1];
    return [zigzag(hundredths(latitude) - (before ? hundredths(before.latitude) : 0)), zigzag(hundredths(longitude) - (before ? hundredths(before.longitude) : 0))];
  });
}

/** How many in a row have the same, in order. */
function runsOf<K extends string>(keys: readonly K[]): [key: K, count: number][] {
  const runs: [K, number][] = [];
  for (const key of keys) {
    const last = runs.at(-1);
    if (last?.[0] === key) last[1]++;
    else runs.push([key, 1]);
  }
  return runs;
}

function joined(head: object, ...parts: readonly Iterable<number>[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  return Uint8Array.from([...varints([text.length]), ...text, ...parts.flatMap((part) => [...part])]);
}

const by = <T>(...keys: ((row: T) => string | number)[]) => (a: T, b: T): number => {
  for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  return 0;
};

/** Codes that stand several times (one a village) become one, in the middle. Those without a region are left out. */
function merged(rows: readonly PostcodeRow[]): PostcodeRow[] {
  const groups = Map.groupBy(rows.filter(({ region }) => region !== "").map((row) => ({ ...row, code: plainCode(row.code) })), ({ code }) => code);
  const mean = (group: readonly PostcodeRow[], of: (row: PostcodeRow) => number) => group.reduce((sum, row) => sum + of(row), 0) / group.length;
  return [...groups].map(([code, group]) => ({ code, region: group[0]?.region ?? "", latitude: mean(group, (row) => row.latitude), longitude: mean(group, (row) => row.longitude) })).sort(by(({ code }) => code));
}

export function packPostcodes(rows: readonly PostcodeRow[]): Uint8Array {
  const sorted = merged(rows);
  let before = "";
  const codes = sorted.map(({ code }) => {
    let kept = 0;
    while (kept < 25 && kept < before.length && before[kept] === code[kept]) kept++;
    before = code;
    return String.fromCharCode(97 + kept) + code.slice(kept);
  });
  return joined({ codes: codes.join(""), regions: runsOf(sorted.map(({ region }) => region)) }, varints(steps(sorted)));
}

/** `nameOf`: what a region's code is called. */
export function packTowns(rows: readonly TownRow[], nameOf: (region: string) => string): Uint8Array {
  const sorted = [...rows].sort(by(({ region }) => region, ({ latitude }) => hundredths(latitude), ({ longitude }) => hundredths(longitude), ({ name }) => name));
  const regions = runsOf(sorted.map(({ region }) => region)).map(([region, count]) => [region, nameOf(region), count]);
  return joined({ regions, names: sorted.map(({ name }) => name.replaceAll("\n", " ")).join("\n") }, varints(steps(sorted)), sorted.map(({ size }) => size));
}

/** People to steps of twice as many: 0 unknown, 1 from a thousand, 11 from a million. */
export const sizeOf = (people: number): number => (people < 1000 ? 0 : Math.min(15, 1 + Math.floor(Math.log2(people / 1000))));

/** A GeoNames postal file's rows (http://download.geonames.org/export/zip/readme.txt: 12 columns between tabs). `lines` that are no rows are counted, not thrown at. */
export function geonamesPostcodes(text: string): { readonly countries: ReadonlyMap<string, readonly PostcodeRow[]>; readonly refused: number } {
  const countries = new Map<string, PostcodeRow[]>();
  let refused = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line === "") continue;
    const [country = "", code = "", , name = "", regionCode = "", , , , , latitude = "", longitude = ""] = line.split("\t");
    const point = { latitude: Number.parseFloat(latitude), longitude: Number.parseFloat(longitude) };
    const known = /^[A-Z]{2}$/.test(country) && plainCode(code) !== "" && Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
    if (!known) {
      refused++;
      continue;
    }
    const rows = countries.get(country) ?? [];
    countries.set(country, rows);
    rows.push({ code, region: country === "US" ? regionCode : name || regionCode || country, ...point });
  }
  return { countries, refused };
}
