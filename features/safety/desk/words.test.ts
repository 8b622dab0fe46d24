import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { say, whyInWords } from "./words.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

const asks = (sentence: string): string[] => [...new Set(parse(sentence).flatMap((part: MessageFormatElement) => (part.type === TYPE.literal || part.type === TYPE.pound ? [] : [part.value])))].sort();

test("each sentence exists in both languages, asks for the same, raises no voice and does not run on", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
  for (const [key, sentence] of Object.entries(en)) expect(asks(es[key as keyof typeof es]), key).toEqual(asks(sentence));
  for (const [key, text] of [...Object.entries(en), ...Object.entries(es)]) {
    expect(text, key).not.toMatch(/[!¡]|should/i);
    for (const sentence of text.split(/[.?:](?:\s|$)/)) expect(sentence.split(/\s+/).length, key).toBeLessThanOrEqual(20);
  }
});

test("every sentence is said somewhere", () => {
  const code = globSync("features/safety/desk/**/*.{ts,tsx}").filter((path) => !path.endsWith(".test.ts")).map((path) => readFileSync(path, "utf8")).join("\n");
  const made = /^(decision|do|done|feeling|lookBy|lookReason|look|atMine|outcome|phrase|priority|reason|refused|rule|settled|strike|subject|told|toldBy|toldStrike|topic|why)_/;
  expect(Object.keys(en).filter((key) => !made.test(key) && !code.includes(`"${key}"`))).toEqual([]);
});

test("a code that matched is said in words, however fine it is, and one without a sentence by its own name", () => {
  expect(whyInWords("en", "self-harm.12")).toBe("may be about hurting oneself");
  expect(whyInWords("es", "en:baby_at_risk:3")).toBe("un bebé puede estar en riesgo");
  expect(whyInWords("en", "loud_music")).toBe("loud music");
  expect(say("en")("rule_kind")).toContain("kind");
});
