import { z } from "zod";
import { WholeRefused } from "../types.ts";

/** What is taken at most; beyond it the reading stops, and nothing of it is kept. */
export type Limits = {
  /** Bytes of all files once unpacked. */
  readonly bytes: number;
  readonly files: number;
  /** Times that a file may grow by being unpacked. Tables of text grow ten- or twentyfold. */
  readonly growth: number;
  /** Characters of one cell, and bytes of one row. */
  readonly cell: number;
  readonly row: number;
  /** Bytes of tables that need no others from which on a thread of their own reads them: to start it takes half a second. */
  readonly aside: number;
};
export const uploadLimits: Limits = { aside: 20_000_000, bytes: 500_000_000, files: 200, growth: 200, cell: 100_000, row: 1_000_000 };
export const commandLimits: Limits = { ...uploadLimits, bytes: 100_000_000_000 };

/** One file as an archive lists it; `packed` and `bytes` are its size before and after unpacking. */
export type Entry = { readonly path: string; readonly packed: number; readonly bytes: number; readonly locked: boolean };

/** The last part of a path, of any system; a hidden or a folder's name is none. */
export function nameOf(path: string): string | undefined {
  const name = path.split("/").at(-1) ?? "";
  return name === "" || name.startsWith(".") || path.startsWith("__MACOSX/") ? undefined : name.toLowerCase();
}

export const isTable = (name: string): boolean => name.endsWith(".csv");
export const packageName = "datapackage.json";
/** Bytes of a data package: it is read as one, and a few words of each table fit into a hundredth. */
const mostPackageBytes = 5_000_000;

/** The tables of an archive by name, or a refusal: of what would write elsewhere, of what grows too much, of two of one name. */
export function tablesOf(entries: readonly Entry[], limits: Limits): ReadonlyMap<string, Entry> {
  const wrong = entries.find(({ path }) => !isSafePath(path));
  if (wrong) throw new WholeRefused("zipPathWrong", wrong.path.slice(0, 200));
  if (entries.some(({ path }) => sheetParts.has(path))) throw new WholeRefused("notSavedAsCsv");
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const name = nameOf(entry.path);
    if (name === undefined || (!isTable(name) && name !== packageName)) continue;
    if (found.has(name)) throw new WholeRefused("fileTwice", name);
    if (entry.locked) throw new WholeRefused("zipLocked", name);
    if (entry.bytes > 10_000_000 && entry.bytes > entry.packed * limits.growth) throw new WholeRefused("zipTooBig", name);
    if (name === packageName && entry.bytes > mostPackageBytes) throw new WholeRefused("packageBroken", name);
    found.set(name, entry);
  }
  if (entries.length > limits.files || [...found.values()].reduce((sum, { bytes }) => sum + bytes, 0) > limits.bytes) throw new WholeRefused("zipTooBig", `${entries.length}`);
  if (![...found.keys()].some(isTable)) throw new WholeRefused("noTables");
  return found;
}

/** What Excel, Numbers and LibreOffice keep a sheet in. */
const sheetParts: ReadonlySet<string> = new Set(["xl/workbook.xml", "xl/workbook.bin", "Index/Document.iwa", "content.xml"]);

/** Inside the archive's own folder, on every system. */
export const isSafePath = (path: string): boolean => !/^[/\\]|^[a-z]:|\\|\0/i.test(path) && !path.split("/").includes("..");

const packageSchema = z.object({
  resources: z
    .array(
      z.object({
        path: z.union([z.string(), z.array(z.string())]).optional(),
        bytes: z.number().optional(),
        hash: z.string().optional(),
        encoding: z.string().optional(),
        dialect: z.object({ delimiter: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

/** What a data package promises of a file: to be held against the file itself. */
export type Promised = { readonly bytes: number | undefined; readonly hash: string | undefined };

/** Of each file what its data package says. Templates list tables that are not there, so that alone is no lie; a file promised with its size is. */
export function promisesOf(json: string, there: ReadonlySet<string>): ReadonlyMap<string, Promised> {
  const promises = new Map<string, Promised>();
  for (const { path, bytes, hash, encoding, dialect } of resourcesOf(json)) {
    const [only = ""] = [path ?? []].flat();
    if (!isSafePath(only) || /^[a-z]+:/i.test(only)) throw new WholeRefused("packagePathWrong", only.slice(0, 200));
    const name = nameOf(only);
    if (name === undefined) continue;
    if (encoding !== undefined && !/^utf-?8$|^ascii$/i.test(encoding)) throw new WholeRefused("encodingWrong", `${name}: ${encoding}`);
    if (dialect?.delimiter !== undefined && dialect.delimiter !== ",") throw new WholeRefused("delimiterWrong", name);
    if (bytes === undefined && hash === undefined) continue;
    if (hash !== undefined && !digests.has(hashNamed(hash).algorithm)) throw new WholeRefused("packageBroken", `${name}: ${hash.slice(0, 40)}`);
    if (!there.has(name)) throw new WholeRefused("packageLies", name);
    promises.set(name, { bytes, hash });
  }
  return promises;
}

/** Those that the standard names (Frictionless Data Package, `hash`); another's promise can't be held against anything. */
const digests: ReadonlySet<string> = new Set(["md5", "sha1", "sha256", "sha512"]);

function resourcesOf(json: string) {
  try {
    return packageSchema.parse(JSON.parse(json.replace(/^\uFEFF/, ""))).resources ?? [];
  } catch {
    throw new WholeRefused("packageBroken", packageName);
  }
}

/** "sha256:0a1b…"; without a name it is MD5 (Frictionless Data Package, `hash`). */
export function hashNamed(hash: string): { readonly algorithm: string; readonly digest: string } {
  const [first = "", second] = hash.split(":");
  return second === undefined ? { algorithm: "md5", digest: first.toLowerCase() } : { algorithm: first.toLowerCase(), digest: second.toLowerCase() };
}
