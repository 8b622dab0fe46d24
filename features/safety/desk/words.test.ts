import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reportReasons } from "../../community/reports/types.ts";
import { contentNotes, heldReasons } from "../../community/types.ts";
import type { SignalKind } from "../signals/types.ts";
import { whyInWords } from "./words.ts";
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

/** What the words of a post may speak of, and why else something comes to the desk. */
const found: Readonly<Record<SignalKind, true>> = { selfHarm: true, psychosis: true, harmByOther: true, babyAtRisk: true, despair: true, frighteningThoughts: true };
const codes = [...Object.keys(found), ...reportReasons, ...heldReasons, ...contentNotes.map((note) => `note_${note}`), "unsafe", "uncounted", "danger", "who_leads", "who_came", "parent_said", "volunteer"];

test.each(codes)("why something is here is said in words: %s", (code) => {
  expect(Object.keys(en)).toContain(`why_${code}`);
  expect(whyInWords("en", code)).toBe(en[`why_${code}` as keyof typeof en]);
});

test("no sentence says a reason that nothing has, and a reason without a sentence is shown by its own name", () => {
  expect(Object.keys(en).filter((key) => key.startsWith("why_")).sort()).toEqual(codes.map((code) => `why_${code}`).sort());
  expect(whyInWords("en", "loud_music")).toBe("loud music");
});
