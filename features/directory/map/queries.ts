import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { drawCountry, drawUs, drawUsRegion, drawWorld, type UsTopology, type WorldTopology } from "./drawing/rules.ts";
import type { AreasMap, RegionMap } from "./types.ts";

const need = createRequire(import.meta.url);
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};
const atlas = <T>(path: string) => once(() => JSON.parse(readFileSync(need.resolve(path), "utf8")) as T);

const us = atlas<UsTopology>("us-atlas/counties-10m.json");
const world = atlas<WorldTopology>("world-atlas/countries-50m.json");
const smallWorld = atlas<WorldTopology>("world-atlas/countries-110m.json");

const regions = new Map<string, RegionMap | undefined>();

/** The drawing of a US region ('US-TX', with its counties) or of a country ('MX'); undefined for a place that the atlas does not draw. Drawn once. */
export function regionMap(area: string): RegionMap | undefined {
  if (!/^[A-Z]{2}(?:-[A-Z]{2})?$/.test(area)) return undefined;
  if (!regions.has(area)) regions.set(area, area.startsWith("US-") ? drawUsRegion(us(), area) : drawCountry(world(), area));
  return regions.get(area);
}

/** All 56 regions of the United States, for colouring each. Drawn once. */
export const usMap: () => AreasMap = once(() => drawUs(us()));

/** The countries of the world, for colouring each; the smallest islands are not on it. Drawn once. */
export const worldMap: () => AreasMap = once(() => drawWorld(smallWorld()));
