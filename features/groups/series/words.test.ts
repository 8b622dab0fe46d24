import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { expect, test } from "vitest";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

test("no sentence raises its voice or runs on", () => {
  for (const [key, text] of [...Object.entries(en), ...Object.entries(es)]) {
    expect(text, key).not.toMatch(/[!¡]|should/i);
    for (const sentence of text.split(/[.?:](?:\s|$)/)) expect(sentence.split(/\s+/).length, key).toBeLessThanOrEqual(20);
  }
});

test("every sentence is said somewhere", () => {
  const code = globSync("features/groups/series/**/*.{ts,tsx}").filter((path) => !path.endsWith(".test.ts")).map((path) => readFileSync(path, "utf8")).join("\n");
  const made = /^(camera|clock|do|every|lacks|reason|refused|room|said|standing|until)_/;
  expect(Object.keys(en).filter((key) => !made.test(key) && !code.includes(`"${key}"`))).toEqual([]);
});
