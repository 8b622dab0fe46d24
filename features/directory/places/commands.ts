import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { geonamesPostcodes, packPostcodes } from "./packing/rules.ts";
import { importedPlaces } from "./queries.ts";

export type PlacesTaken = { readonly countries: readonly { readonly country: string; readonly codes: number; readonly bytes: number }[]; readonly refused: number };

const small = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Brings a GeoNames postal file in: one packed file a country, beside the other data. A second run with the same file changes nothing. */
export function takePostcodes(dataDir: string, text: string): PlacesTaken {
  const { countries, refused } = geonamesPostcodes(text);
  const folder = importedPlaces(dataDir);
  mkdirSync(folder, { recursive: true });
  const taken = [...countries].map(([country, rows]) => {
    const packed = brotliCompressSync(packPostcodes(rows), small);
    const file = join(folder, `${country.toLowerCase()}-postcodes.br`);
    writeFileSync(`${file}.new`, packed);
    renameSync(`${file}.new`, file);
    return { country, codes: rows.length, bytes: packed.length };
  });
  return { countries: taken, refused };
}
