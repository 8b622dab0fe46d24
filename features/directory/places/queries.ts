import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import tz from "@photostructure/tz-lookup";
import { readEnvironment } from "../../../platform/http/environment.ts";
import type { Point } from "../types.ts";
import { isBeginning, placeOfPostcode, plainName, regionsNear, townsIn, unpackPostcodes, unpackTowns } from "./rules.ts";
import type { FindableTown, Place, Postcodes, Town } from "./types.ts";

export type PackedKind = "postcodes" | "towns";
/** One packed file as a browser gets it: `name` changes with its content. */
export type Packed = { readonly name: string; readonly br: Uint8Array<ArrayBuffer>; readonly plain: () => Uint8Array<ArrayBuffer> };

/** Made by bin/pack-places.mjs, at the root of the sources and of the build alike. */
const built = fileURLToPath(new URL("../../../.places/", import.meta.url));
/** Where `npm run places` puts the postal codes of other countries. */
export const importedPlaces = (dataDir: string): string => join(dataDir, "places");

export type Places = ReturnType<typeof placesIn>;

/** Places out of these folders, the first that has a file winning. Nothing is read before it is asked for, and nothing twice. */
export function placesIn(folders: readonly string[]) {
  const packed = once((file: string): Packed | undefined => {
    const found = folders.map((folder) => readIfThere(join(folder, `${file}.br`))).find((one) => one !== undefined);
    if (!found) return undefined;
    const br = new Uint8Array(found);
    return { name: `${file}-${createHash("sha256").update(br).digest("hex").slice(0, 10)}`, br, plain: () => new Uint8Array(brotliDecompressSync(br)) };
  });
  const fileOf = (kind: PackedKind, country: string) => (/^[A-Z]{2}$/.test(country) ? packed(`${country.toLowerCase()}-${kind}`) : undefined);
  const postcodes = once((country: string): Postcodes | undefined => {
    const file = fileOf("postcodes", country);
    return file && unpackPostcodes(file.plain());
  });
  const towns = once((country: string): readonly FindableTown[] => {
    const file = fileOf("towns", country);
    return file ? unpackTowns(file.plain(), country) : [];
  });
  const countries = once((_all: "all") => folders.flatMap((folder) => namesIn(folder)).flatMap((name) => (name.endsWith("-towns.br") ? [name.slice(0, 2).toUpperCase()] : [])));

  return {
    /** What a browser is sent of a country; undefined where there is nothing. */
    packedFile: fileOf,
    /** Its point and region, the code written in any way. */
    placeOfPostcode: (country: string, code: string): Place | undefined => {
      const table = postcodes(country);
      return table && placeOfPostcode(table, country, code);
    },
    /** Tells whether a postal code of a country, in one of its regions, begins so; undefined where its codes are not known. */
    beginningsIn: (country: string, region?: string): ((prefix: string) => boolean) | undefined => {
      const table = postcodes(country);
      return table && ((prefix) => isBeginning(table, prefix, region));
    },
    /** Of one country, or (slower, the first time) of the whole world; the biggest of a name first. */
    townsNamed: (text: string, country?: string, limit = 8): readonly Town[] => {
      if (plainName(text) === "") return [];
      return country ? townsIn(towns(country), text, limit) : townsIn(countries("all").flatMap(towns), text, limit);
    },
    /** Regions of a country within `metres` of a point, by its postal codes; none where they are not known. */
    regionsNear: (country: string, point: Point, metres: number): readonly string[] => {
      const table = postcodes(country);
      return table ? regionsNear(table, point, metres) : [];
    },
  };
}

function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key) as Value;
  };
}

const unlessMissing = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};
const readIfThere = (path: string): Buffer | undefined => unlessMissing(() => readFileSync(path));
const namesIn = (folder: string): readonly string[] => unlessMissing(() => readdirSync(folder)) ?? [];

let usual: Places | undefined;
/** The places that came with the program, and those that were brought in since. */
export const places = (): Places => (usual ??= placesIn([importedPlaces(readEnvironment(process.env).DATA_DIR), built]));

/** Where a postal code is, to a hundredth of a degree; undefined for one that is not known, or a country whose codes nobody brought in. */
export const pointOfPostcode = (country: string, code: string): Point | undefined => places().placeOfPostcode(country, code)?.at;

/** Towns whose name begins with `text` ("austin", "Springfield, IL"), without minding accents; the same name first, then the biggest. */
export const townsNamed = (text: string, country?: string, limit?: number): readonly Town[] => places().townsNamed(text, country, limit);

/** The IANA zone of a point, right for 99.4 % of the world's towns; a coordinator may say otherwise. At sea: 'Etc/GMT+…'. */
export const zoneOf = ({ latitude, longitude }: Point): string => tz(latitude, longitude);
