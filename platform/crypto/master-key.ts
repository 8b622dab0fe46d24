import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The network's master key: from the environment (64 hexadecimal digits), or from a file beside the data that only this user reads, made on first start.
 * Production with a database of its own must bring the key: one beside nothing would be lost with the container.
 */
export function masterKey(given: string | undefined, dataDir: string, mustBeGiven: boolean): Buffer {
  if (given) return Buffer.from(given, "hex");
  if (mustBeGiven) throw new Error("MASTER_KEY is missing. Make one with: openssl rand -hex 32. Keep it apart from the backup; without it nothing sealed can be read.");
  const file = join(dataDir, "master.key");
  try {
    return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  const key = randomBytes(32);
  try {
    writeFileSync(file, `${key.toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    // Another process made it in this moment: that one counts.
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
    throw error;
  }
  chmodSync(file, 0o600);
  return key;
}
