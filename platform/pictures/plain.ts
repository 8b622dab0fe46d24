import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { imageDimensionsFromData } from "image-dimensions";
import { beside } from "../beside.ts";
import { mostPixels } from "./rules.ts";
import { pictureKinds, type NotAPicture, type PictureKind, type PlainPicture } from "./types.ts";

const program = beside(import.meta.url, "plain.worker");
/** The largest takes two seconds on a slow machine. */
const patienceMs = 20_000;
/** So many wait for the one that is made; whoever comes then is asked to try again. */
const mostWaiting = 8;

const isKind = (type: string): type is PictureKind => (pictureKinds as readonly string[]).includes(type);

let waiting = 0;
let before: Promise<unknown> = Promise.resolve();

/**
 * A picture made anew from its pixels, no longer than 1600 either way: no place, no time, no camera, no other file hidden in it. One at a time,
 * each in a thread of its own, by decoders in WebAssembly: one that a hostile file misleads reaches nothing but its own memory.
 */
export async function plainPicture(bytes: Uint8Array): Promise<PlainPicture | NotAPicture> {
  const size = imageDimensionsFromData(bytes);
  if (!size || !isKind(size.type)) return { refused: "notAPicture" };
  if (size.width * size.height > mostPixels) return { refused: "tooManyPixels" };
  if (waiting >= mostWaiting) return { refused: "busy" };
  waiting += 1;
  const made = before.then(() => make(bytes, size.type as PictureKind));
  before = made.finally(() => (waiting -= 1));
  return made;
}

async function make(bytes: Uint8Array, kind: PictureKind): Promise<PlainPicture | NotAPicture> {
  const worker = new Worker(program, { workerData: { bytes: Uint8Array.from(bytes).buffer, kind }, execArgv: [], env: {}, stdout: true, stderr: true });
  const bell = setTimeout(() => void worker.terminate(), patienceMs);
  try {
    const [made] = (await Promise.race([once(worker, "message"), once(worker, "exit")])) as [PlainPicture | number];
    return typeof made === "number" ? { refused: "notAPicture" } : made;
  } catch {
    return { refused: "notAPicture" };
  } finally {
    clearTimeout(bell);
    await worker.terminate();
  }
}
