import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { seal, unseal, type Keys } from "../crypto/seal.ts";
import type { Environment } from "../http/environment.ts";

const erasureShape = z.object({ kind: z.enum(["member", "conversation"]), id: z.uuid(), how: z.string() });
/** Whom or what the program erased for good, and how. */
export type Erasure = z.infer<typeof erasureShape>;

type At = { readonly environment: Pick<Environment, "ERASURES_FILE" | "DATA_DIR">; readonly keys: Keys };

const bound = "erasures";
const fileOf = ({ environment }: At): string => environment.ERASURES_FILE ?? join(environment.DATA_DIR, "erasures");

/**
 * Writes an erasure down outside the database, so that an older backup does not bring her back. On the disk when it returns.
 * Sealed: who can write to the file cannot have anybody erased by it. Written twice, it is one.
 */
export async function noteErasure(at: At, erasure: Erasure): Promise<void> {
  const { key, wrapped } = at.keys.makeDataKey(bound);
  await mkdir(dirname(fileOf(at)), { recursive: true });
  const file = await open(fileOf(at), "a", 0o600);
  try {
    // On a line of its own even where the one before was cut off.
    await file.appendFile(`\n${wrapped.toString("base64")}.${seal(key, JSON.stringify(erasure), bound).toString("base64")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** All that was written down, and how many lines could not be read: cut off, or sealed with another master key. */
export async function readErasures(at: At): Promise<{ readonly erasures: readonly Erasure[]; readonly unread: number }> {
  const lines = (await readFile(fileOf(at), "utf8").catch(noFile)).split("\n").filter(Boolean);
  const erasures = lines.flatMap((line) => opened(at.keys, line) ?? []);
  return { erasures, unread: lines.length - erasures.length };
}

function noFile(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
  throw error;
}

function opened(keys: Keys, line: string): Erasure | undefined {
  const [wrapped = "", sealed = ""] = line.split(".");
  try {
    return erasureShape.parse(JSON.parse(unseal(keys.openDataKey(Buffer.from(wrapped, "base64"), bound), Buffer.from(sealed, "base64"), bound)));
  } catch {
    // Counted by who asked.
    return undefined;
  }
}
