// Compiles the server with tsc and the browser's part with Vite, both into dist/.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import packAssets from "./pack-assets.mjs";
import packCredits from "./pack-credits.mjs";
import packPlaces from "./pack-places.mjs";

const sources = ["app.tsx", "open-house.ts", "server.ts", "worker.ts", "vite.config.ts", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const folders = ["features", "platform", "bin", "cast", "bench"];

/** One digest over every source file, so that an unchanged tree is not built twice. */
function digest() {
  const hash = createHash("sha256");
  const add = (path) => hash.update(path).update("\0").update(readFileSync(path));
  for (const path of sources) add(path);
  for (const folder of folders.filter((name) => existsSync(name))) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const path of entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()) add(path);
  }
  return hash.digest("hex");
}

const stamp = "dist/.built";
const now = digest();
let before = "";
try {
  before = readFileSync(stamp, "utf8");
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}
if (before !== now) {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist", { recursive: true });
  const run = (...args) => {
    const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) process.exit(status ?? 1);
  };
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
  run("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn");
  packAssets();
  packPlaces();
  packCredits();
  cpSync(".credits.json", "dist/.credits.json");
  cpSync(".places", "dist/.places", { recursive: true });
  cpSync("features/safety/signals/scorecard.tsv", "dist/features/safety/signals/scorecard.tsv");
  writeFileSync(stamp, now);
}
