import decodeJpeg, { init } from "@jsquash/jpeg/decode.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blue, jpegOf, pngOf, program, red, twoHalves, webpOf, withExif } from "./factory.ts";
import { plainPicture } from "./plain.ts";
import { smallerBy } from "./rules.ts";
import type { Pixels, PlainPicture } from "./types.ts";

await init(program("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
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

describe("a picture that is made anew", () => {
  test("says nothing of where and with what it was taken, and nothing that was put behind it", async () => {
    const jpeg = await jpegOf(twoHalves(64, 32));
    const bytes = Buffer.concat([withExif(jpeg, 1, "Camera of Rosa, 34.05 N 118.24 W"), Buffer.from("PK secret-archive")]);
    expect(bytes.includes("Camera of Rosa")).toBe(true);
    const plain = Buffer.from((await made(bytes)).bytes);
    for (const secret of ["Exif", "Camera", "Rosa", "34.05", "secret-archive"]) expect(plain.includes(secret), secret).toBe(false);
    expect(plain.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  test("stands as the camera was held", async () => {
    const plain = await made(withExif(await jpegOf(twoHalves(64, 32)), 6, "x"));
    expect([plain.width, plain.height]).toEqual([32, 64]);
    const pixels = await seen(plain);
    expect([near(pixels, 16, 8, red), near(pixels, 16, 56, blue)]).toEqual([true, true]);
  });

  test("comes from a JPEG, a PNG or a WebP, with white where nothing covers", async () => {
    for (const bytes of [await jpegOf(twoHalves(40, 20)), await pngOf(twoHalves(40, 20)), await webpOf(twoHalves(40, 20))]) {
      const pixels = await seen(await made(bytes));
      expect([pixels.width, pixels.height, near(pixels, 5, 10, red), near(pixels, 35, 10, blue)]).toEqual([40, 20, true, true]);
    }
    expect(near(await seen(await made(await pngOf(twoHalves(40, 20, 0)))), 5, 10, [255, 255, 255])).toBe(true);
  });

  test("is no longer than 1600 either way", async () => {
    const plain = await made(await jpegOf(twoHalves(3200, 1000)));
    expect([plain.width, plain.height]).toEqual([1600, 500]);
    const pixels = await seen(plain);
    expect([near(pixels, 100, 250, red), near(pixels, 1500, 250, blue)]).toEqual([true, true]);
  });

  test("is none where the file is no picture, is cut off at its head, or has more pixels than anybody looks at", async () => {
    const png = await pngOf(twoHalves(40, 20));
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    expect(await plainPicture(huge)).toEqual({ refused: "tooManyPixels" });
    for (const bytes of [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), Buffer.from("GIF89a\x01\0\x01\0"), Buffer.alloc(0), png.subarray(0, 60)]) expect(await plainPicture(bytes)).toEqual({ refused: "notAPicture" });
  });

  test("is never waited for without end: whatever a byte of it is turned into, there is an answer", async () => {
    const jpeg = withExif(await jpegOf(twoHalves(64, 32)), 6, "x");
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
    const jpeg = await jpegOf(twoHalves(16, 16));
    const answers = await Promise.all(Array.from({ length: 12 }, () => plainPicture(jpeg)));
    expect(answers.filter((answer) => "refused" in answer)).toEqual(Array.from({ length: 4 }, () => ({ refused: "busy" })));
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
