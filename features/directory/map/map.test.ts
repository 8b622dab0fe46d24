import { brotliCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { pointOfPostcode, townsNamed } from "../places/queries.ts";
import countries from "./countries.json" with { type: "json" };
import { regionMap, usMap, worldMap } from "./queries.ts";
import { dotsOf, inTowns, spotOn, windowOf } from "./rules.ts";
import type { RegionMap } from "./types.ts";

const texas = regionMap("US-TX") as RegionMap;
const packed = (thing: object) => brotliCompressSync(JSON.stringify(thing)).byteLength;

describe("the map of a region", () => {
  it("is drawn for each of the 56 regions of the United States, in 30 KB at most", () => {
    const regions = usMap().areas.map(({ id }) => id);
    expect(regions).toHaveLength(56);
    expect(regions.filter((id) => packed(regionMap(id) ?? {}) > 30_000)).toEqual([]);
    expect(regions.map((id) => regionMap(id)?.land ?? "").filter((land) => !land.startsWith("m"))).toEqual([]);
  });

  it("is drawn for each country of the atlas, and for no other address", () => {
    expect(Object.keys(countries).filter((country) => packed(regionMap(country) ?? {}) > 30_000 || !regionMap(country)?.land)).toEqual([]);
    expect([regionMap("US-XX"), regionMap("QQ"), regionMap("../x"), regionMap("us-tx")]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ["US-TX", "78701"],
    ["US-AK", "99501"],
    ["US-HI", "96813"],
    ["US-PR", "00901"],
    ["US-GU", "96910"],
  ])("%s holds its own %s, where four numbers put it", (area, code) => {
    const map = regionMap(area) as RegionMap;
    const [x, y] = spotOn(map, pointOfPostcode("US", code) ?? { latitude: 0, longitude: 0 });
    expect(x > 0 && x < map.width && y > 0 && y < map.height).toBe(true);
  });

  it("has the Aleutian Islands in one piece", () => {
    const alaska = regionMap("US-AK") as RegionMap;
    const [attu] = spotOn(alaska, { latitude: 52.9, longitude: 172.9 });
    const [adak] = spotOn(alaska, { latitude: 51.88, longitude: -176.65 });
    expect(attu).toBeGreaterThanOrEqual(0);
    expect(attu).toBeLessThan(adak);
  });
});

test.each([["MX", "Tijuana"], ["FR", "Brest"], ["NO", "Oslo"], ["IT", "Roma"], ["GB", "Aberdeen"], ["JP", "Tokyo"], ["BR", "Recife"], ["XK", "Pristina"], ["MV", "Male"], ["ZA", "Durban"], ["EH", "Laayoune"]])("the drawing of %s holds %s", (country, town) => {
  const map = regionMap(country) as RegionMap;
  const [x, y] = spotOn(map, townsNamed(town, country)[0]?.at ?? { latitude: 0, longitude: 0 });
  expect(x >= 0 && x <= map.width && y >= 0 && y <= map.height).toBe(true);
});

describe("the map of all regions", () => {
  it("has the five island territories in boxes of their own, and is small", () => {
    const { areas, insets, width, height } = usMap();
    expect(insets.map(({ id }) => id)).toEqual(["US-PR", "US-VI", "US-GU", "US-MP", "US-AS"]);
    for (const { id, x, y, width: wide, height: high } of insets) {
      const [, startX = "", startY = ""] = /^m(-?\d+)\s?(-?\d+)/.exec(areas.find((area) => area.id === id)?.path ?? "") ?? [];
      expect(Number(startX) >= x && Number(startX) <= x + wide && Number(startY) >= y && Number(startY) <= y + high, id).toBe(true);
      expect(x + wide <= width && y + high <= height).toBe(true);
    }
    expect(packed(usMap())).toBeLessThan(30_000);
    expect(packed(worldMap())).toBeLessThan(30_000);
    expect(worldMap().areas.length).toBeGreaterThan(165);
  });
});

describe("dots", () => {
  const place = fc.record({ latitude: fc.double({ min: 26, max: 36, noNaN: true }), longitude: fc.double({ min: -106, max: -94, noNaN: true }) });

  it("lose nobody, lie in the window, and never cover each other's middle", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (points) => {
        const spots = points.map((at) => ({ spot: spotOn(texas, at), town: "Town" }));
        const window = windowOf(texas, spots.map(({ spot }) => spot));
        const dots = dotsOf(spots, window);
        expect(dots.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
        for (const [index, one] of dots.entries()) for (const other of dots.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(window.width / 11);
        for (const { x, y } of dots) expect(x >= window.x - 1 && x <= window.x + window.width + 1 && y >= window.y - 1 && y <= window.y + window.height + 1).toBe(true);
      }),
    );
  });

  it("of one town are one, named for it; far ones stay apart", () => {
    const at = (latitude: number, longitude: number, town: string) => ({ spot: spotOn(texas, { latitude, longitude }), town });
    const places = [at(30.27, -97.74, "Austin"), at(30.28, -97.74, "Austin"), at(30.26, -97.73, "Rollingwood"), at(29.76, -95.37, "Houston")];
    const dots = dotsOf(places, windowOf(texas, places.map(({ spot }) => spot)));
    expect(dots.map(({ label, count }) => [label, count])).toEqual([["Austin", 3], ["Houston", 1]]);
    expect(inTowns(places.map(({ town }) => town))).toEqual([["Austin", 2], ["Houston", 1], ["Rollingwood", 1]]);
  });

  it("without any the whole region is shown", () => expect(windowOf(texas, [])).toEqual({ x: 0, y: 0, width: texas.width, height: texas.height }));
});
