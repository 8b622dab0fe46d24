import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import decodeJpeg, { init as readyJpeg } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as readyEncoder } from "@jsquash/jpeg/encode.js";
import encodePng, { init as readyPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as readyWebp } from "@jsquash/webp/encode.js";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { plainPicture } from "./plain.ts";
import { smallerBy } from "./rules.ts";
import type { Pixels, PlainPicture } from "./types.ts";

const need = createRequire(import.meta.url);
const program = (path: string) => new WebAssembly.Module(readFileSync(need.resolve(path)));
beforeAll(async () => {
  await readyJpeg(program("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
  await readyEncoder(program("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  await readyPng(program("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  await readyWebp(program("@jsquash/webp/codec/enc/webp_enc.wasm"));
});

const [red, blue] = [[220, 20, 20], [20, 20, 220]] as const;
/** The left half red, the right half blue. */
function twoHalves(width: number, height: number, covers = 255): ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) data.set([...(at % width < width / 2 ? red : blue), covers], at * 4);
  return { data, width, height } as ImageData;
}
const near = (pixels: Pixels, x: number, y: number, [r, g, b]: readonly number[]): boolean => {
  const at = (y * pixels.width + x) * 4;
  return [r, g, b].every((value, nth) => Math.abs((pixels.data[at + nth] ?? 0) - (value ?? 0)) < 30);
};
const made = async (bytes: Uint8Array): Promise<PlainPicture> => {
  const answer = await plainPicture(bytes);
  if ("refused" in answer) throw new Error(answer.refused);
  return answer;
};
const seen = (picture: PlainPicture): Promise<Pixels> => decodeJpeg(Uint8Array.from(picture.bytes).buffer);

/** A JPEG as a phone makes it: held upright (6: turned a quarter), and with a secret in what it says of itself. */
function withExif(jpeg: ArrayBuffer, orientation: number, secret: string): Uint8Array {
  const make = Buffer.from(`${secret}\0`);
  const exif = Buffer.alloc(8 + 2 + 2 * 12 + 4 + make.length);
  exif.write("MM\0*", 0, "latin1");
  exif.writeUInt32BE(8, 4);
  exif.writeUInt16BE(2, 8);
  exif.writeUInt16BE(0x010f, 10), exif.writeUInt16BE(2, 12), exif.writeUInt32BE(make.length, 14), exif.writeUInt32BE(38, 18);
  exif.writeUInt16BE(0x0112, 22), exif.writeUInt16BE(3, 24), exif.writeUInt32BE(1, 26), exif.writeUInt16BE(orientation, 30);
  make.copy(exif, 38);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  const all = Buffer.from(jpeg);
  return Buffer.concat([all.subarray(0, 2), head, body, all.subarray(2)]);
}

describe("a picture that is made anew", () => {
  test("says nothing of where and with what it was taken, and nothing that was put behind it", async () => {
    const jpeg = await encodeJpeg(twoHalves(64, 32));
    const bytes = Buffer.concat([withExif(jpeg, 1, "Camera of Rosa, 34.05 N 118.24 W"), Buffer.from("PK secret-archive")]);
    expect(bytes.includes("Camera of Rosa")).toBe(true);
    const plain = Buffer.from((await made(bytes)).bytes);
    for (const secret of ["Exif", "Camera", "Rosa", "34.05", "secret-archive"]) expect(plain.includes(secret), secret).toBe(false);
    expect(plain.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  test("stands as the camera was held", async () => {
    const plain = await made(withExif(await encodeJpeg(twoHalves(64, 32)), 6, "x"));
    expect([plain.width, plain.height]).toEqual([32, 64]);
    const pixels = await seen(plain);
    expect([near(pixels, 16, 8, red), near(pixels, 16, 56, blue)]).toEqual([true, true]);
  });

  test("comes from a JPEG, a PNG or a WebP, with white where nothing covers", async () => {
    for (const bytes of [await encodeJpeg(twoHalves(40, 20)), await encodePng(twoHalves(40, 20)), await encodeWebp(twoHalves(40, 20))]) {
      const pixels = await seen(await made(new Uint8Array(bytes)));
      expect([pixels.width, pixels.height, near(pixels, 5, 10, red), near(pixels, 35, 10, blue)]).toEqual([40, 20, true, true]);
    }
    expect(near(await seen(await made(new Uint8Array(await encodePng(twoHalves(40, 20, 0))))), 5, 10, [255, 255, 255])).toBe(true);
  });

  test("is no longer than 1600 either way", async () => {
    const plain = await made(new Uint8Array(await encodeJpeg(twoHalves(3200, 1000))));
    expect([plain.width, plain.height]).toEqual([1600, 500]);
    const pixels = await seen(plain);
    expect([near(pixels, 100, 250, red), near(pixels, 1500, 250, blue)]).toEqual([true, true]);
  });

  test("is none where the file is no picture, is cut off at its head, or has more pixels than anybody looks at", async () => {
    const png = new Uint8Array(await encodePng(twoHalves(40, 20)));
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(await plainPicture(huge)).toEqual({ refused: "tooManyPixels" });
    for (const bytes of [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), Buffer.from("GIF89a\x01\0\x01\0"), Buffer.alloc(0), png.subarray(0, 60)]) expect(await plainPicture(bytes)).toEqual({ refused: "notAPicture" });
  });

  test("is never waited for without end: whatever a byte of it is turned into, there is an answer", async () => {
    const jpeg = withExif(await encodeJpeg(twoHalves(64, 32)), 6, "x");
    await fc.assert(
      fc.asyncProperty(fc.nat(jpeg.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(jpeg.length), async (at, turned, end) => {
        const bytes = Buffer.from(jpeg.subarray(0, Math.max(4, end)));
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ turned;
        const answer = await plainPicture(bytes);
        expect("refused" in answer || answer.bytes.length > 0).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("of those that come at one moment eight are made, one after the other; the rest are asked to try again", async () => {
    const jpeg = new Uint8Array(await encodeJpeg(twoHalves(16, 16)));
    const answers = await Promise.all(Array.from({ length: 12 }, () => plainPicture(jpeg)));
    expect(answers.filter((answer) => "refused" in answer)).toEqual(Array(4).fill({ refused: "busy" }));
  });
});

test("a smaller picture keeps its shape, and the mean of what it shows", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }), fc.nat(255), (width, height, longest, grey) => {
      const data = new Uint8ClampedArray(width * height * 4).fill(grey);
      for (let at = 3; at < data.length; at += 4) data[at] = 255;
      const small = smallerBy({ data, width, height }, longest);
      expect(Math.max(small.width, small.height)).toBe(Math.min(longest, Math.max(width, height)));
      expect(small.data.length).toBe(small.width * small.height * 4);
      expect(new Set(small.data)).toEqual(new Set([grey, 255]));
    }),
  );
});
