import { geoAlbersUsa, geoCentroid, geoEqualEarth, geoMercator, geoPath, type GeoContext, type GeoPermissibleObjects, type GeoProjection } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import countries from "../countries.json" with { type: "json" };
import type { AreasMap, RegionMap } from "../types.ts";

export type UsTopology = Topology<{ counties: GeometryCollection; states: GeometryCollection<{ name: string }> }>;
export type WorldTopology = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** US states and territories by their FIPS codes (ANSI INCITS 38), as the atlas names them. */
const fips = "01AL02AK04AZ05AR06CA08CO09CT10DE11DC12FL13GA15HI16ID17IL18IN19IA20KS21KY22LA23ME24MD25MA26MI27MN28MS29MO30MT31NE32NV33NH34NJ35NM36NY37NC38ND39OH40OK41OR42PA44RI45SC46SD47TN48TX49UT50VT51VA53WA54WV55WI56WY60AS66GU69MP72PR78VI";
const regionByFips: ReadonlyMap<string, string> = new Map(Array.from(fips.matchAll(/(\d\d)(\w\w)/g), ([, code = "", region = ""]) => [code, region]));
const countryByAtlas: ReadonlyMap<string, string> = new Map(Object.entries(countries).map(([country, id]) => [id, country]));

/** Kosovo alone has no number there. */
const atlasIdOf = (one: { readonly id?: string | number | undefined; readonly properties?: object | null | undefined }): string => String(one.id ?? (one.properties && "name" in one.properties ? one.properties.name : ""));

/** geoAlbersUsa leaves these out: each gets a box of its own. */
const territories = ["PR", "VI", "GU", "MP", "AS"] as const;

/** An SVG path in whole units, each step from the point before: a third of the bytes of absolute ones. */
function shortPath(): GeoContext & { text(): string } {
  let [x, y] = [0, 0];
  let text = "";
  let command = "";
  let [startX, startY] = [0, 0];
  const step = (letter: "m" | "l", toX: number, toY: number): void => {
    const [nextX, nextY] = [Math.round(toX), Math.round(toY)];
    const [dx, dy] = [nextX - x, nextY - y];
    if (letter === "l" && dx === 0 && dy === 0) return;
    text += letter === command && letter === "l" ? (dx < 0 ? "" : " ") : letter;
    text += `${dx}${dy < 0 ? "" : " "}${dy}`;
    command = letter;
    [x, y] = [nextX, nextY];
  };
  return {
    moveTo: (toX, toY) => {
      // A path's first step counts from nothing; a later one from where the last ring began, as that closed it.
      step("m", toX, toY);
      [startX, startY] = [x, y];
    },
    lineTo: (toX, toY) => step("l", toX, toY),
    closePath: () => {
      text += "z";
      command = "z";
      [x, y] = [startX, startY];
    },
    arc: () => undefined,
    beginPath: () => undefined,
    text: () => text,
  };
}

function draw(projection: GeoProjection, object: GeoPermissibleObjects): string {
  const path = shortPath();
  geoPath(projection, path)(object);
  return path.text();
}

/** Wide enough that a county still has a shape when a phone shows a twelfth of it. */
const regionWidth = 4000;

/** One region or country, its land and the lines inside it; undefined for a place that the atlas does not draw. */
function drawRegion(area: string, land: GeoPermissibleObjects, lines: GeoPermissibleObjects | undefined): RegionMap {
  const middle = Math.round(geoCentroid(land)[0] * 1000) / 1000;
  const projection = geoMercator().rotate([-middle, 0]);
  const [[west, north], [east, south]] = geoPath(projection).bounds(land);
  const height = Math.round((regionWidth * (south - north)) / (east - west));
  projection.fitSize([regionWidth, height], land as never);
  const [left, top] = projection.translate();
  const short = (value: number): number => Math.round(value * 1000) / 1000;
  return { area, width: regionWidth, height, land: draw(projection, land), lines: lines ? draw(projection, lines) : "", scale: short(projection.scale()), middle, left: short(left), top: short(top) };
}

/** 'US-TX' with its counties. */
export function drawUsRegion(us: UsTopology, area: string): RegionMap | undefined {
  const code = [...regionByFips].find(([, region]) => `US-${region}` === area)?.[0];
  const state = us.objects.states.geometries.find(({ id }) => id === code);
  if (!code || !state) return undefined;
  const inside = ({ id }: { id?: string | number | undefined }) => String(id).startsWith(code);
  return drawRegion(area, feature(us, state), mesh(us, us.objects.counties, (a, b) => a !== b && inside(a) && inside(b)));
}

/** 'MX', its outline alone. */
export function drawCountry(world: WorldTopology, area: string): RegionMap | undefined {
  const id = (countries as Readonly<Record<string, string>>)[area];
  const found = world.objects.countries.geometries.find((one) => atlasIdOf(one) === id);
  return id && found ? drawRegion(area, feature(world, found), undefined) : undefined;
}

/** The 56 regions of the United States: geoAlbersUsa, and the five territories that it leaves out, each in a box below. */
export function drawUs(us: UsTopology): AreasMap {
  const [width, height, box, gap] = [960, 660, 84, 16];
  const projection = geoAlbersUsa().fitSize([width, 560], feature(us, us.objects.states));
  const insets = territories.map((region, index) => ({ id: `US-${region}`, x: width - (territories.length - index) * (box + gap), y: height - box, width: box, height: box }));
  const areas = us.objects.states.geometries.flatMap((state) => {
    const id = `US-${regionByFips.get(String(state.id)) ?? ""}`;
    const land = feature(us, state);
    const inset = insets.find((one) => one.id === id);
    const path = draw(inset ? insetProjection(inset, land) : projection, land);
    return path === "" ? [] : [{ id, path }];
  });
  const borders = draw(projection, mesh(us, us.objects.states, (a, b) => a !== b));
  return { width, height, areas: areas.sort((a, b) => (a.id < b.id ? -1 : 1)), borders, insets };
}

function insetProjection({ x, y, width, height }: AreasMap["insets"][number], land: GeoPermissibleObjects): GeoProjection {
  const inner = 8;
  return geoMercator().rotate([-geoCentroid(land)[0], 0]).fitExtent([[x + inner, y + inner], [x + width - inner, y + height - inner]], land as never);
}

/** Every country that has lines of its own, on one page (Equal Earth; without Antarctica). */
export function drawWorld(world: WorldTopology): AreasMap {
  const all = feature(world, world.objects.countries);
  const lived = all.features.flatMap((one) => {
    const id = countryByAtlas.get(atlasIdOf(one));
    return id ? [{ id, land: one }] : [];
  });
  const width = 960;
  const projection = geoEqualEarth().fitWidth(width, { type: "FeatureCollection", features: lived.map(({ land }) => land) });
  const [[, top], [, bottom]] = geoPath(projection).bounds({ type: "FeatureCollection", features: lived.map(({ land }) => land) });
  projection.translate([projection.translate()[0], projection.translate()[1] - top]);
  const areas = lived.map(({ id, land }) => ({ id, path: draw(projection, land) })).filter(({ path }) => path !== "");
  return { width, height: Math.ceil(bottom - top), areas: areas.sort((a, b) => (a.id < b.id ? -1 : 1)), borders: "", insets: [] };
}
