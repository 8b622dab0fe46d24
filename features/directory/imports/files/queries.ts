import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Transform, type Duplex, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { WholeRefused } from "../types.ts";
import { hashNamed, isTable, packageName, promisesOf, tablesOf, type Entry, type Limits, type Promised } from "./rules.ts";

/** The tables of one export, each to be read as a stream as often as need be. */
export type Files = {
  /** Where they lie on this machine. */
  readonly path: string;
  readonly names: readonly string[];
  /** Bytes of this file, unpacked. */
  readonly size: (name: string) => number;
  readonly read: (name: string) => Promise<Readable>;
  readonly close: () => void;
};

/** A folder of tables, an archive of them, or one table. */
export async function openFiles(path: string, limits: Limits): Promise<Files> {
  const what = await stat(path).catch(() => undefined);
  if (!what) throw new WholeRefused("fileGone", basename(path));
  const files = what.isDirectory() ? await openFolder(path, limits) : (await isZip(path)) ? await openZip(path, limits) : openTable(path, what.size, limits);
  return files.names.includes(packageName) ? heldToItsPackage(files) : files;
}

async function isZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.readUInt32BE(0) === 0x504b0304 || buffer.readUInt32BE(0) === 0x504b0506;
  } finally {
    await handle.close();
  }
}

function openTable(path: string, bytes: number, limits: Limits): Files {
  if (bytes > limits.bytes) throw new WholeRefused("fileTooBig", basename(path));
  const name = isTable(basename(path).toLowerCase()) ? basename(path).toLowerCase() : "table.csv";
  return { path, names: [name], size: () => bytes, read: () => Promise.resolve(createReadStream(path, { highWaterMark: chunk })), close: () => undefined };
}

const chunk = 1 << 18;

async function openFolder(path: string, limits: Limits): Promise<Files> {
  const entries: Entry[] = [];
  const look = async (folder: string, inside: string): Promise<void> => {
    for (const name of await readdir(folder)) {
      const at = join(folder, name);
      const what = await lstat(at);
      if (what.isDirectory() && inside.split("/").length < 4) await look(at, `${inside}${name}/`);
      if (what.isFile()) entries.push({ path: `${inside}${name}`, packed: what.size, bytes: what.size, locked: false });
    }
  };
  await look(path, "");
  const found = tablesOf(entries, limits);
  return {
    path,
    names: [...found.keys()],
    size: (name) => found.get(name)?.bytes ?? 0,
    read: (name) => Promise.resolve(createReadStream(join(path, found.get(name)?.path ?? ""), { highWaterMark: chunk })),
    close: () => undefined,
  };
}

async function openZip(path: string, limits: Limits): Promise<Files> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw zipRefusal(error);
  });
  try {
    const entries = new Map<string, yauzl.Entry>();
    let seen = 0;
    for await (const entry of zip.eachEntry()) {
      if ((seen += 1) > limits.files) throw new WholeRefused("zipTooBig", String(seen));
      entries.set(entry.fileName, entry);
    }
    const found = tablesOf([...entries.values()].map((entry) => ({ path: entry.fileName, packed: entry.compressedSize, bytes: entry.uncompressedSize, locked: entry.isEncrypted() })), limits);
    return {
      path,
      names: [...found.keys()],
      size: (name) => found.get(name)?.bytes ?? 0,
      read: async (name) => {
        const entry = entries.get(found.get(name)?.path ?? "");
        if (!entry) throw new WholeRefused("fileGone", name);
        const source = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
          throw zipRefusal(error);
        });
        return through(source, checkedBy(entry.crc32, name), zipRefusal);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof WholeRefused ? error : zipRefusal(error);
  }
}

/** What comes out of `source`, by way of `next`. A fault of the one ends the other, and whoever breaks off lets go of both. */
export function through<T extends Duplex>(source: Readable, next: T, said: (fault: Error) => Error = (fault) => fault): T {
  source.on("error", (fault) => next.destroy(said(fault)));
  next.on("close", () => source.destroy());
  return source.pipe(next);
}

/** What the library says of an archive, in our words. */
function zipRefusal(error: unknown): WholeRefused {
  const said = error instanceof Error ? error.message : "";
  if (/relative path|absolute path|invalid characters in fileName/.test(said)) return new WholeRefused("zipPathWrong", said.slice(0, 200));
  return /too many bytes/.test(said) ? new WholeRefused("zipTooBig") : new WholeRefused("zipBroken", said.slice(0, 200));
}

/** Passes on what comes, and fails at the end where it is not what was packed. */
function checkedBy(expected: number, name: string): Transform {
  let sum = 0;
  return new Transform({
    transform: (bytes: Buffer, _encoding, done) => {
      sum = crc32(bytes, sum);
      done(null, bytes);
    },
    flush: (done) => done(sum === expected ? null : new WholeRefused("zipBroken", name)),
  });
}

async function heldToItsPackage(files: Files): Promise<Files> {
  const promises = await promisesIn(files).catch((error: unknown) => {
    files.close();
    throw error;
  });
  return {
    ...files,
    read: async (name) => {
      const promised = promises.get(name);
      const source = await files.read(name);
      return promised ? through(source, heldTo(promised, name)) : source;
    },
  };
}

const promisesIn = async (files: Files): Promise<ReadonlyMap<string, Promised>> => promisesOf(await text(await files.read(packageName)), new Set(files.names));

function heldTo({ bytes, hash }: Promised, name: string): Transform {
  let size = 0;
  const named = hash === undefined ? undefined : hashNamed(hash);
  const digest = named && createHash(named.algorithm);
  return new Transform({
    transform: (some: Buffer, _encoding, done) => {
      size += some.length;
      digest?.update(some);
      done(null, some);
    },
    flush: (done) => done((bytes !== undefined && size !== bytes) || (named && digest?.digest("hex") !== named.digest) ? new WholeRefused("packageLies", name) : null),
  });
}

/** Text that is UTF-8 and holds no NUL; anything else ends the reading. */
export function onlyUtf8(name: string): Transform {
  let rest: Buffer = Buffer.alloc(0);
  const whole = (bytes: Buffer): number => {
    // A letter may be cut between two pieces: up to three bytes wait for the next.
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back] ?? 0;
      if (byte < 0x80) return bytes.length;
      if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
    }
    return bytes.length;
  };
  const wrong = (bytes: Buffer): WholeRefused | undefined => {
    if (bytes.includes(0)) return new WholeRefused(bytes.length > 1 && /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2)) ? "encodingWrong" : "nulByte", name);
    return isUtf8(bytes) ? undefined : new WholeRefused("encodingWrong", name);
  };
  return new Transform({
    transform: (some: Buffer, _encoding, done) => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, some]) : some;
      const end = whole(bytes);
      rest = bytes.subarray(end);
      const refusal = wrong(bytes.subarray(0, end));
      if (refusal) done(refusal);
      else done(null, bytes.subarray(0, end));
    },
    flush: (done) => done(rest.length > 0 ? new WholeRefused("encodingWrong", name) : null),
  });
}

/** Windows-1252, as an older spreadsheet saves it, made UTF-8. */
export function fromWindows1252(): Transform {
  const decoder = new TextDecoder("windows-1252");
  return new Transform({ transform: (bytes: Buffer, _encoding, done) => done(null, decoder.decode(bytes, { stream: true })) });
}

/** Is the whole of it UTF-8? Read through once; a table of one sheet is small. */
export async function isAllUtf8(files: Files, name: string): Promise<boolean> {
  try {
    for await (const _ of through(await files.read(name), onlyUtf8(name)));
    return true;
  } catch (error) {
    if (error instanceof WholeRefused && error.reason === "encodingWrong") return false;
    throw error;
  }
}
