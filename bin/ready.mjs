// Called before every npm script: installs what is missing, and with "build" compiles what has changed. Runs on Node 20 and later.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "node_modules", ".ready");

const read = (path) => {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
};

/** npm's rule: a list of names, or of names with "!" for all others. */
const fits = (rule, name) => {
  const names = [rule ?? []].flat();
  if (names.includes(`!${name}`)) return false;
  const wanted = names.filter((each) => !each.startsWith("!"));
  return wanted.length === 0 || wanted.includes("any") || wanted.includes(name);
};

const withoutDev = process.env.NODE_ENV === "production" || (process.env.npm_config_omit ?? "").split(/[\s,]+/).includes("dev");

/** Whether npm would have put this package of the lockfile here. */
const isWanted = (entry) => fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && !entry.link && !(withoutDev && (entry.dev || entry.devOptional));

/** The first package that is not here as the lockfile wants it. An optional one that npm could not install is not asked for again. */
function outOfStep(lock) {
  const installed = read("node_modules/.package-lock.json");
  if (installed === undefined) return "node_modules";
  const here = JSON.parse(installed).packages;
  const tried = read("node_modules/.ready") === digest(lock);
  for (const [path, entry] of Object.entries(JSON.parse(lock).packages)) {
    if (path === "" || here[path]?.version === entry.version || !isWanted(entry)) continue;
    // An optional package that names no system is there for another optional one, which may be for another system.
    if (here[path] === undefined && entry.optional && (tried || entry.libc || !(entry.os || entry.cpu))) continue;
    return path;
  }
  return undefined;
}

const digest = (lock) => createHash("sha256").update(lock).update(process.platform + process.arch).digest("hex");

function run(command, args, shell = false) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) fail(`Small Hours needs Node 20 or later to begin with (this is ${process.version}); it brings its own Node 26.`);

const lock = read("package-lock.json");
if (lock === undefined) fail("package-lock.json is missing: this is not a whole copy of Small Hours.");
const missing = outOfStep(lock);
if (missing) {
  console.error(`Installing (${missing} is missing or out of date) ...`);
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund"];
  if (npm && /\.c?js$/.test(npm)) run(process.execPath, [npm, ...args]);
  else run("npm", args, process.platform === "win32");
  writeFileSync(stamp, digest(lock));
  const still = outOfStep(lock);
  if (still) fail(`npm ci ended well, but ${still} is still not as package-lock.json wants it.`);
}
if (process.argv[2] === "build") run(process.execPath, [join(root, "bin", "node26.mjs"), join(root, "bin", "build.mjs")]);
