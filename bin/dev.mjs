// npm run dev: builds, serves, and does both again whenever a source changes. Every letter that would be sent is at /dev/letters.
import { spawn, spawnSync } from "node:child_process";
import { watch } from "node:fs";

let server;
let waiting;

function serve() {
  if (spawnSync(process.execPath, ["bin/build.mjs"], { stdio: "inherit" }).status !== 0) return;
  const start = () => {
    server = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], { stdio: "inherit" });
  };
  if (server && server.exitCode === null) {
    server.once("exit", start);
    server.kill("SIGTERM");
  } else start();
}

for (const folder of ["features", "platform", "cast", "migrations", "."])
  watch(folder, { recursive: folder !== "." }, (_event, file) => {
    if (!file || !/\.(tsx?|json|css|sql)$/.test(file)) return;
    clearTimeout(waiting);
    waiting = setTimeout(serve, 150);
  });
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    if (server && server.exitCode === null) server.once("exit", () => process.exit(0)).kill(signal);
    else process.exit(0);
  });
serve();
