import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, readFileSync, statSync } from "node:fs";

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so a program started as root gives it another user (`user`),
 * or, where that user cannot reach the folder, a user namespace in which root is called something else (`namespace`).
 */
export type Account = { kind: "self" } | { kind: "user"; uid: number; gid: number } | { kind: "namespace"; uid: number; gid: number };

const names = ["postgres", "_postgres", "nobody"];

/** The first of the usual system users that this machine has. initdb needs one with an entry in the user list. */
function systemUser(): { uid: number; gid: number } {
  const users = new Map(
    readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  for (const name of names) {
    const user = users.get(name);
    if (user && user.uid > 0) return user;
  }
  throw new Error(`PostgreSQL does not run as root, and this machine has no user ${names.join(", ")} to run it as. Start Small Hours as an ordinary user.`);
}

/**
 * Decides whom PostgreSQL runs as on the folder `dataDir`; `home` is the database's own folder in it, if it was made before.
 * Throws, in words for whoever runs the program, when there is no way.
 */
export function chooseAccount(dataDir: string, home: string): Account {
  if (process.getuid?.() !== 0) return { kind: "self" };
  const before = existsSync(home) ? statSync(home) : undefined;
  const user = before && before.uid !== 0 ? { uid: before.uid, gid: before.gid } : systemUser();
  const dropped: Account = { kind: "user", ...user };
  if (before?.uid !== 0 && allows(dropped, "-x", dataDir)) return dropped;
  const namespace: Account = { kind: "namespace", ...user };
  if (allows(namespace, "-x", dataDir)) return namespace;
  throw new Error(
    `PostgreSQL does not run as root, and the user it would run as (${user.uid}) cannot enter ${dataDir}. ` +
      "Let others pass through the folders above it (chmod o+x), choose another DATA_DIR, or start Small Hours as an ordinary user.",
  );
}

/** Whether the account may do that (`-x` enter or run, `-r` read) with the path. */
const allows = (account: Account, what: "-x" | "-r", path: string): boolean => spawnSync(...as(account, "test", [what, path])).status === 0;

/** Whether the account can really run this program, libraries and all. */
export const runs = (account: Account, command: string): boolean => spawnSync(...as(account, command, ["--version"])).status === 0;

/** Gives a file or folder to the account. */
export function give(account: Account, path: string): void {
  if (account.kind === "user") chownSync(path, account.uid, account.gid);
}

function as(account: Account, command: string, args: string[], options: SpawnOptions = {}): [string, string[], SpawnOptions] {
  if (account.kind === "user") return [command, args, { ...options, uid: account.uid, gid: account.gid }];
  if (account.kind === "self") return [command, args, options];
  const map = [`--map-user=${account.uid}`, `--map-group=${account.gid}`];
  return ["unshare", ["--user", ...map, "--", command, ...args], options];
}

/** Starts a program as the account. */
export const spawnAs = (account: Account, command: string, args: string[], options: SpawnOptions): ChildProcess =>
  spawn(...as(account, command, args, options));

/** What a failed start means, for whoever runs the program. */
export function explainSpawn(error: NodeJS.ErrnoException, command: string): Error {
  const reasons: Record<string, string> = {
    ENOENT: "it is not there, or this system lacks the C library it needs (Alpine's musl does not fit: use a glibc system, or DATABASE_URL)",
    EACCES: "it may not be run (look at its rights, and whether the disk is mounted noexec)",
    EPERM: "this process may not become another user (in a container, run it as an ordinary user instead of root)",
    ENOEXEC: "it is for another kind of machine (run npm ci on this one)",
    EAGAIN: "the system has no room for another process",
    ENOMEM: "the system has no memory left",
  };
  return new Error(`PostgreSQL could not be started: ${command}: ${reasons[error.code ?? ""] ?? error.message}.`, { cause: error });
}
