import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, give } from "./embedded-account.ts";

/** Where the server listens: a folder with a socket (`host` begins with `/`), or 127.0.0.1; `port` is part of the socket's name. */
export type Endpoint = { host: string; port: number };

const socketPort = 5432;
// The system's limit for a socket's path is 104 bytes on macOS and 108 on Linux; "/.s.PGSQL.5432" takes 14 of them.
const longestFolder = 88;

/**
 * Where a server of the folder `home` listens; the same at every start. A socket that only its owner can reach where the
 * system has one (in the folder itself, or, if its path is too long, in the system's folder for temporary files), else a port of 127.0.0.1.
 */
export async function chooseEndpoint(home: string, account: Account): Promise<Endpoint> {
  const name = createHash("sha256").update(home).digest("hex").slice(0, 12);
  for (const folder of process.platform === "win32" ? [] : [join(home, "run"), join(tmpdir(), `small-hours-${name}`)]) {
    if (Buffer.byteLength(folder) <= longestFolder && isOurs(folder, account) && (await canListen(join(folder, `.probe-${process.pid}`)))) {
      return { host: folder, port: socketPort };
    }
  }
  const file = join(home, "port");
  const kept = readKept(file);
  return kept ? { host: "127.0.0.1", port: kept } : keepPort(file);
}

/** A free port of 127.0.0.1, written down in `home` so that the next start uses it too. */
export async function anotherPort(home: string): Promise<Endpoint> {
  return keepPort(join(home, "port"));
}

async function keepPort(file: string): Promise<Endpoint> {
  const port = await freePort();
  writeFileSync(file, String(port), { mode: 0o600 });
  return { host: "127.0.0.1", port };
}

const readKept = (file: string): number | undefined => {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
};

/** Makes the folder if need be; false when it is someone else's, as one in a shared folder could be. */
function isOurs(folder: string, account: Account): boolean {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 })) give(account, folder);
    const { uid } = lstatSync(folder);
    const wanted = account.kind === "user" ? account.uid : process.getuid?.();
    return lstatSync(folder).isDirectory() && uid === wanted;
  } catch {
    return false;
  }
}

/** Some mounted folders cannot hold a socket. */
const canListen = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    rmSync(path, { force: true });
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(path, () => server.close(() => resolve(true)));
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("No free port on 127.0.0.1."))));
    });
  });
