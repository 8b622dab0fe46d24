import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { expect, test } from "vitest";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  const names = elements.flatMap((element): string[] => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const inner = element.type === TYPE.plural || element.type === TYPE.select ? Object.values(element.options).flatMap(({ value }) => argumentsOf(value)) : [];
    return [element.value, ...inner];
  });
  return [...new Set(names)].sort();
}

test("each sentence exists in both languages and asks for the same things", () => {
  expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  for (const [key, sentence] of Object.entries(en)) expect(argumentsOf(parse(es[key as keyof typeof es])), key).toEqual(argumentsOf(parse(sentence)));
});

test("no sentence raises its voice or runs on", () => {
  for (const [key, text] of [...Object.entries(en), ...Object.entries(es)]) {
    expect(text, key).not.toMatch(/[!¡]|should/i);
    for (const sentence of text.split(/[.?:](?:\s|$)/)) expect(sentence.split(/\s+/).length, key).toBeLessThanOrEqual(20);
  }
});
