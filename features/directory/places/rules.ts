import { metresBetween } from "../finder/rules.ts";
import type { Point } from "../types.ts";
import type { FindableTown, Place, Postcodes, Town } from "./types.ts";

/*
 * Reading packed places (see packing/rules.ts) and looking things up in them. This file also runs on parents' phones.
 */

/** A cursor over packed bytes. */
function reader(bytes: Uint8Array) {
  let at = 0;
  const count = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("Packed places end too early.");
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const step = (): number => {
    const value = count();
    return value & 1 ? -((value + 1) >> 1) : value >> 1;
  };
  const text = (): string => {
    const length = count();
    at += length;
    return new TextDecoder().decode(bytes.subarray(at - length, at));
  };
  const points = (length: number): Int16Array => {
    const all = new Int16Array(length * 2);
    for (let each = 0; each < all.length; each++) all[each] = (all[each - 2] ?? 0) + step();
    return all;
  };
  return { text, points, rest: () => bytes.subarray(at) };
}

type PostcodesHead = { readonly codes: string; readonly regions: readonly (readonly [region: string, count: number])[] };

export function unpackPostcodes(bytes: Uint8Array): Postcodes {
  const read = reader(bytes);
  const head = JSON.parse(read.text()) as PostcodesHead;
  let before = "";
  // A small letter says how much of the code before stays: 'a' nothing, 'e' four characters.
  const codes = [...head.codes.matchAll(/([a-z])([^a-z]*)/g)].map(([, kept = "a", rest = ""]) => (before = before.slice(0, kept.charCodeAt(0) - 97) + rest));
  const regions = head.regions.flatMap(([region, count]) => Array.from({ length: count }, () => region));
  return { codes, regions, points: read.points(codes.length) };
}

type TownsHead = { readonly names: string; readonly regions: readonly (readonly [code: string, name: string, count: number])[] };

export function unpackTowns(bytes: Uint8Array, country: string): readonly FindableTown[] {
  const read = reader(bytes);
  const head = JSON.parse(read.text()) as TownsHead;
  const names = head.names === "" ? [] : head.names.split("\n");
  const points = read.points(names.length);
  const sizes = read.rest();
  const regions = head.regions.flatMap(([code, name, count]) => {
    const one = { region: country === "US" ? code : name, regionFind: ` ${plainName(code)} ${plainName(name)}` };
    return Array.from({ length: count }, () => one);
  });
  return names.map((name, index) => ({ name, country, at: pointAt(points, index), size: sizes[index] ?? 0, find: plainName(name), ...(regions[index] ?? { region: "", regionFind: "" }) }));
}

const pointAt = (points: Int16Array, index: number): Point => ({ latitude: (points[index * 2] ?? 0) / 100, longitude: (points[index * 2 + 1] ?? 0) / 100 });

/** A postal code as it is looked up: capitals and digits alone. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** What GeoNames knows of codes that point at one building: their first part. */
const firstPart: Readonly<Record<string, (code: string) => string>> = {
  US: (code) => code.slice(0, 5),
  GB: (code) => (code.length > 4 ? code.slice(0, -3) : code),
  CA: (code) => code.slice(0, 3),
  IE: (code) => code.slice(0, 3),
  NL: (code) => code.slice(0, 4),
};

/** Where a postal code is, written in any way; undefined for one that is not known. */
export function placeOfPostcode({ codes, regions, points }: Postcodes, country: string, typed: string): Place | undefined {
  const code = plainCode(typed);
  const shorter = firstPart[country]?.(code);
  for (const one of shorter === undefined ? [code] : [code, shorter]) {
    const index = indexOf(codes, one);
    if (index >= 0) return { at: pointAt(points, index), region: regions[index] ?? "" };
  }
  return undefined;
}

function indexOf(sorted: readonly string[], wanted: string): number {
  const index = firstFrom(sorted, wanted);
  return sorted[index] === wanted ? index : -1;
}

/** Where the first stands that is `wanted` or comes behind it. */
function firstFrom(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a postal code (of this region, where one is said) begins so. */
export function isBeginning({ codes, regions }: Postcodes, prefix: string, region?: string): boolean {
  for (let index = firstFrom(codes, prefix); codes[index]?.startsWith(prefix); index++) if (region === undefined || regions[index] === region) return true;
  return false;
}

/** The regions that reach within `metres` of a point, the nearest first; the very nearest also when it is farther away. */
export function regionsNear({ regions, points }: Postcodes, point: Point, metres: number): readonly string[] {
  const nearest = new Map<string, number>();
  for (const [index, region] of regions.entries()) {
    const away = metresBetween(point, pointAt(points, index));
    if (away < (nearest.get(region) ?? Infinity)) nearest.set(region, away);
  }
  const inOrder = [...nearest].sort((a, b) => a[1] - b[1]);
  return inOrder.filter(([, away], index) => index === 0 || away <= metres).map(([region]) => region);
}

const saints: Readonly<Record<string, string>> = { st: "saint", ste: "sainte", ft: "fort", mt: "mount" };

/** Lower case without accents; "St. Paul" and "Saint Paul" are one. */
export const plainName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’.]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => saints[word] ?? word)
    .join(" ");

/** The typed name and, behind a comma or as its last words, perhaps its region: "springfield, il", "Austin Texas". */
function readings(typed: string): readonly (readonly [name: string, region: string])[] {
  const [before = "", ...behind] = typed.split(",");
  if (behind.length > 0) return [[plainName(before), plainName(behind.join(" "))]];
  const words = plainName(typed).split(" ");
  const lastAre = (count: number) => [words.slice(0, words.length - count).join(" "), words.slice(words.length - count).join(" ")] as const;
  return [0, 1, 2].filter((count) => count < words.length).map(lastAre);
}

/** Towns whose name begins with what was typed: the same name first, then the biggest. */
export function townsIn(towns: readonly FindableTown[], typed: string, limit = 8): readonly Town[] {
  const wanted = readings(typed).filter(([name]) => name !== "");
  const found: { town: FindableTown; exact: boolean }[] = [];
  for (const town of towns) {
    const reading = wanted.find(([name, region]) => town.find.startsWith(name) && (region === "" || town.regionFind.includes(` ${region}`)));
    if (reading) found.push({ town, exact: town.find === reading[0] });
  }
  return found
    .sort((a, b) => Number(b.exact) - Number(a.exact) || b.town.size - a.town.size || (a.town.find < b.town.find ? -1 : a.town.find > b.town.find ? 1 : a.town.region < b.town.region ? -1 : 1))
    .slice(0, limit)
    .map(({ town: { name, country, region, at, size } }) => ({ name, country, region, at, size }));
}
