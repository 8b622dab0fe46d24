// npm run places -- FILE.txt: brings in the postal codes of other countries, from a file of https://download.geonames.org/export/zip/ (CC BY 4.0).
import { readFileSync } from "node:fs";
import { takePostcodes } from "../features/directory/places/commands.ts";
import { readEnvironment } from "../platform/http/environment.ts";

const file = process.argv[2];
if (!file) {
  console.error("Which file? npm run places -- MX.txt (unpacked from https://download.geonames.org/export/zip/MX.zip)");
  process.exit(1);
}
const { countries, refused } = takePostcodes(readEnvironment(process.env).DATA_DIR, readFileSync(file, "utf8"));
for (const { country, codes, bytes } of countries) console.log(`${country}: ${codes} rows, ${Math.ceil(bytes / 1024)} KB`);
if (refused > 0) console.log(`${refused} lines were no rows of a GeoNames postal file and were left out.`);
if (countries.length === 0) process.exit(1);
console.log("The program uses them from its next start.");
