import type { Point } from "../types.ts";
import type { Dot, RegionMap, Spot, Window } from "./types.ts";

/*
 * Placing points on a drawn region. This file also runs on parents' phones; drawing is in drawing/rules.ts.
 */

const radians = Math.PI / 180;

/** On the drawing's own units; a point far outside lies outside. */
export function spotOn({ scale, middle, left, top }: RegionMap, { latitude, longitude }: Point): Spot {
  let east = longitude - middle;
  // The Aleutian Islands go on behind the date line.
  if (east > 180) east -= 360;
  if (east < -180) east += 360;
  const north = Math.max(-85, Math.min(85, latitude)) * radians;
  return [left + scale * east * radians, top - scale * Math.log(Math.tan(Math.PI / 4 + north / 2))];
}

/** At least so much of the region's width is shown, so that a single dot still lies somewhere. */
const leastShown = 1 / 16;
const margin = 0.18;

/** The part of the map that holds these spots with some room around them, in the map's own shape; all of it where there is none. */
export function windowOf(map: RegionMap, spots: readonly Spot[]): Window {
  const { width, height } = map;
  if (spots.length === 0) return { x: 0, y: 0, width, height };
  const [xs, ys] = [spots.map(([x]) => x), spots.map(([, y]) => y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // A window as wide as high, in the shape of a phone's column.
  const shape = 3 / 4;
  const wide = Math.max((east - west) * (1 + 2 * margin), ((south - north) * (1 + 2 * margin)) / shape, width * leastShown);
  const high = wide * shape;
  return { x: (west + east) / 2 - wide / 2, y: (north + south) / 2 - high / 2, width: wide, height: high };
}

/** Dots that would lie within this part of the window's width of each other become one. */
const apart = 1 / 11;

/** Places as dots: those that would cover each other together, each with the town that most of them are in. */
export function dotsOf(places: readonly { readonly spot: Spot; readonly town: string }[], { width }: Window): readonly Dot[] {
  let groups: Group[] = places.map(({ spot: [x, y], town }) => ({ x, y, towns: [town] }));
  // Two that are joined lie elsewhere, and may meet a third.
  for (let before = Infinity; groups.length < before; ) {
    before = groups.length;
    groups = groups.reduce<Group[]>((all, group) => {
      const near = all.find((other) => Math.hypot(other.x - group.x, other.y - group.y) < width * apart);
      return near ? all.map((other) => (other === near ? joined(near, group) : other)) : [...all, group];
    }, []);
  }
  const named = new Set<string>();
  return groups
    .sort((a, b) => b.towns.length - a.towns.length)
    .map(({ x, y, towns }) => {
      // A town is named once, at its largest dot.
      const town = mostOften(towns);
      const label = named.has(town) ? "" : town;
      named.add(town);
      return { x, y, count: towns.length, label };
    });
}

type Group = { readonly x: number; readonly y: number; readonly towns: readonly string[] };

function joined(a: Group, b: Group): Group {
  const towns = [...a.towns, ...b.towns];
  const middle = (of: (group: Group) => number) => (of(a) * a.towns.length + of(b) * b.towns.length) / towns.length;
  return { x: middle(({ x }) => x), y: middle(({ y }) => y), towns };
}

function mostOften(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

/** The map in words: each town with how many places it has, the most first. */
export function inTowns(towns: readonly string[]): readonly (readonly [town: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const town of towns.filter(Boolean)) counts.set(town, (counts.get(town) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
