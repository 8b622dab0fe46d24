import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import encodeJpeg, { init as readyJpeg } from "@jsquash/jpeg/encode.js";
import encodePng, { init as readyPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as readyWebp } from "@jsquash/webp/encode.js";

const need = createRequire(import.meta.url);
export const program = (path: string) => new WebAssembly.Module(readFileSync(need.resolve(path)));

export const red = [220, 20, 20];
export const blue = [20, 20, 220];

/** The left half red, the right half blue. */
export function twoHalves(width: number, height: number, covers = 255): ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) data.set([...(at % width < width / 2 ? red : blue), covers], at * 4);
  return { data, width, height } as ImageData;
}

export async function jpegOf(pixels: ImageData): Promise<Uint8Array> {
  await readyJpeg(program("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  return new Uint8Array(await encodeJpeg(pixels));
}
export async function pngOf(pixels: ImageData): Promise<Uint8Array> {
  await readyPng(program("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  return new Uint8Array(await encodePng(pixels));
}
export async function webpOf(pixels: ImageData): Promise<Uint8Array> {
  await readyWebp(program("@jsquash/webp/codec/enc/webp_enc.wasm"));
  return new Uint8Array(await encodeWebp(pixels));
}

/** A JPEG as a phone makes it: how it was held (6: turned a quarter), and a secret in what it says of itself (TIFF 6.0, Exif 2.3). */
export function withExif(jpeg: Uint8Array, orientation: number, secret: string): Uint8Array {
  const make = Buffer.from(`${secret}\0`);
  const exif = Buffer.alloc(38 + make.length);
  exif.write("MM\0*", 0, "latin1");
  exif.writeUInt32BE(8, 4);
  exif.writeUInt16BE(2, 8);
  // Make, text, its length, where it stands; orientation, a short, one, which.
  for (const [at, tag, type, count] of [[10, 0x010f, 2, make.length], [22, 0x0112, 3, 1]] as const) {
    exif.writeUInt16BE(tag, at);
    exif.writeUInt16BE(type, at + 2);
    exif.writeUInt32BE(count, at + 4);
  }
  exif.writeUInt32BE(38, 18);
  exif.writeUInt16BE(orientation, 30);
  make.copy(exif, 38);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]), body, jpeg.subarray(2)]);
}
