import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Typed } from "./form.ts";
import type { Door } from "./room.ts";

/** A file as it was handed in: its own name, and how many bytes of it were written down. */
export type HandedIn = { readonly name: string; readonly bytes: number };
export type UploadRead = { readonly typed: Typed; readonly file: HandedIn | undefined; readonly tooBig: boolean };

/** Fields beside the file: few and short. */
const limits = { fields: 20, fieldSize: 2_000, fieldNameSize: 100, files: 1, parts: 24, headerPairs: 20 } as const;

/**
 * Reads a form with one file as it comes. The file is written to `path` piece by piece and never lies in memory; where it is empty, too big, or the
 * form ends in the middle, nothing of it stays. What goes beyond `maxBytes` is let pass unread, so that the browser hears the answer; beyond twice
 * as much the reading stops.
 */
export async function readUpload(c: Door, path: string, maxBytes: number): Promise<UploadRead> {
  const typed: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const parser = parserFor(c.req.header("content-type"), maxBytes);
  const { body } = c.req.raw;
  if (!parser || !body) return { typed, file: undefined, tooBig: false };
  let [file, tooBig]: [HandedIn | undefined, boolean] = [undefined, false];
  let writing: Promise<void> = Promise.resolve();
  const broken = Promise.withResolvers<never>();
  parser.on("error", broken.reject);
  parser.on("field", (name, value) => (typed[name] ??= []).push(value.toWellFormed().replaceAll("\0", "")));
  parser.on("file", (_field, stream, name) => {
    stream.on("error", broken.reject);
    stream.on("limit", () => (tooBig = true));
    const into = createWriteStream(path, { mode: 0o600, flags: "wx" });
    writing = pipeline(stream, into).then(() => {
      if (into.bytesWritten > 0) file = { name: name ?? "", bytes: into.bytesWritten };
    });
    writing.catch(broken.reject);
  });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let whole = false;
  try {
    whole = await feed(parser, body, 2 * maxBytes, broken.promise);
    if (whole) await writing;
  } finally {
    await writing.catch(() => undefined);
    if (!whole || tooBig || !file) await rm(path, { force: true });
  }
  return { typed, file: whole && !tooBig ? file : undefined, tooBig };
}

function parserFor(type: string | undefined, fileSize: number): BusboyInstance | undefined {
  if (!type?.startsWith("multipart/form-data")) return undefined;
  try {
    return new Busboy({ headers: { "content-type": type }, limits: { ...limits, fileSize } });
  } catch {
    return undefined;
  }
}

/** Answers whether the form came to its end; one that breaks off, or never ends, counts for nothing. */
async function feed(parser: BusboyInstance, body: ReadableStream<Uint8Array>, most: number, broken: Promise<never>): Promise<boolean> {
  let seen = 0;
  const finished = Promise.race([once(parser, "finish"), broken]);
  finished.catch(() => undefined);
  try {
    for await (const some of body) {
      seen += some.length;
      if (seen > most) throw new Error("The form has no end.");
      if (!parser.write(some)) await Promise.race([once(parser, "drain"), broken]);
    }
    parser.end();
    await finished;
    return true;
  } catch {
    parser.destroy();
    return false;
  }
}
