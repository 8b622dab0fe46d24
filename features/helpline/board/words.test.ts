import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { expect, test } from "vitest";
import { keyFor } from "./words.ts";

test("every act that the program writes down has a sentence of its own in the audit view", async () => {
  const acts = new Set<string>();
  for await (const file of glob("{features,platform}/**/commands.ts")) for (const [, act = ""] of readFileSync(file, "utf8").matchAll(/\bact: "([a-z_]+)"/g)) acts.add(act);
  expect(acts.size).toBeGreaterThan(20);
  expect([...acts].filter((act) => keyFor("act", act) === undefined)).toEqual([]);
});
