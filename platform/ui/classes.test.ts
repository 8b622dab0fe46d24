import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { expect, test } from "vitest";

test("class names live here alone: the stylesheet is made from this folder, so one that a view writes would do nothing (decisions/0005)", async () => {
  const elsewhere: string[] = [];
  for await (const file of glob("{features,platform/rooms}/**/*.{ts,tsx}")) if (/\bclass(?:Name)?=|\.className\b|\.classList\b/.test(readFileSync(file, "utf8"))) elsewhere.push(file);
  expect(elsewhere.filter((file) => !/\.test\.tsx?$/.test(file))).toEqual([]);
});
