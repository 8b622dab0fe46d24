// Finds a nats-server for the test of two processes: on PATH, or from Debian's package where this user may install it.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian puts it is not on every user's PATH. */
const folders = () => [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"].filter(Boolean);

const onPath = () =>
  folders()
    .map((folder) => join(folder, "nats-server"))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
      } catch {
        return false;
      }
    });

/** The path of a nats-server; undefined where there is none. Installs nothing. */
export const findNats = onPath;

/** The same, and on Debian as root its package is installed first if need be. */
export function bringNats() {
  const found = onPath();
  if (found || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return found;
  const apt = (...args) => spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status === 0;
  const install = () => apt("install", "-y", "--no-install-recommends", "nats-server");
  if (!install() && apt("update")) install();
  return onPath();
}

if (import.meta.main) {
  const path = bringNats();
  if (path) console.log(path);
  else console.error("There is no nats-server here: the test of two processes over NATS will be skipped. Install Debian's package nats-server, or put the program on PATH.");
}
