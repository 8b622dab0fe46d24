import type { Pixels } from "./types.ts";

/** Of the longer side. More shows on no phone, and costs whoever looks at it. */
export const longestSide = 1600;
/** While it is made anew it takes some 22 bytes a pixel, for two seconds: 360 MB at most. What a phone's camera makes fits; larger ones are made smaller on the phone, where scripts run. */
export const mostPixels = 16_500_000;

/**
 * No side longer than `longest`: each pixel is the mean of those that it stands for, on white where they cover nothing.
 * A library's resampling looked no better on a phone, and took 360 MB besides for twelve million pixels.
 */
export function smallerBy({ data, width, height }: Pixels, longest: number): Pixels {
  const by = Math.max(1, Math.max(width, height) / longest);
  const [wide, high] = [Math.max(1, Math.round(width / by)), Math.max(1, Math.round(height / by))];
  const small = new Uint8ClampedArray(wide * high * 4);
  for (let y = 0; y < high; y++) {
    const [top, bottom] = [Math.floor((y * height) / high), Math.max(Math.floor((y * height) / high) + 1, Math.floor(((y + 1) * height) / high))];
    for (let x = 0; x < wide; x++) {
      const [left, right] = [Math.floor((x * width) / wide), Math.max(Math.floor((x * width) / wide) + 1, Math.floor(((x + 1) * width) / wide))];
      small.set(meanOf(data, width, left, right, top, bottom), (y * wide + x) * 4);
    }
  }
  return { data: small, width: wide, height: high };
}

function meanOf(data: Uint8ClampedArray, width: number, left: number, right: number, top: number, bottom: number): readonly number[] {
  let [red, green, blue] = [0, 0, 0];
  for (let row = top; row < bottom; row++)
    for (let at = (row * width + left) * 4, end = (row * width + right) * 4; at < end; at += 4) {
      const covers = (data[at + 3] ?? 0) / 255;
      red += (data[at] ?? 0) * covers + 255 * (1 - covers);
      green += (data[at + 1] ?? 0) * covers + 255 * (1 - covers);
      blue += (data[at + 2] ?? 0) * covers + 255 * (1 - covers);
    }
  const count = (right - left) * (bottom - top);
  return [red / count, green / count, blue / count, 255];
}
