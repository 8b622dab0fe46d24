// Makes one picture anew and ends: what it took of memory goes with this thread, and a decoder that is misled stays within its own.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import decodeJpeg, { init as readyJpeg } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as readyEncoder } from "@jsquash/jpeg/encode.js";
import decodePng, { init as readyPng } from "@jsquash/png/decode.js";
import decodeWebp, { init as readyWebp } from "@jsquash/webp/decode.js";
import { longestSide, smallerBy } from "./rules.ts";
import type { PictureKind, Pixels } from "./types.ts";

const quality = 76;
const need = createRequire(import.meta.url);
const program = (path: string) => new WebAssembly.Module(readFileSync(need.resolve(path)));

/** Its pixels, turned as the camera was held. */
const pixelsOf: Readonly<Record<PictureKind, (bytes: ArrayBuffer) => Promise<Pixels>>> = {
  async jpeg(bytes) {
    await readyJpeg(program("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
    return decodeJpeg(bytes, { preserveOrientation: true });
  },
  async png(bytes) {
    await readyPng(program("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
    return decodePng(bytes);
  },
  async webp(bytes) {
    await readyWebp(program("@jsquash/webp/codec/dec/webp_dec.wasm"));
    return decodeWebp(bytes);
  },
};

const { bytes, kind } = workerData as { readonly bytes: ArrayBuffer; readonly kind: PictureKind };
const small = smallerBy(await pixelsOf[kind](bytes), longestSide);
await readyEncoder(program("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
const { data, width, height } = small;
const made = new Uint8Array(await encodeJpeg({ data, width, height } as ImageData, { quality }));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ bytes: made, width, height });
