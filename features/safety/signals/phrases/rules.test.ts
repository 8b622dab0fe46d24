import assert from "node:assert/strict";
import { test } from "vitest";
import { lexicons } from "../points/rules.ts";
import { formsOf, kindOf, phrasesOf, tokensOf } from "./rules.ts";

function phrasesIn(text: string) {
  const tokens = tokensOf(text, lexicons.en.plainer);
  return { tokens, phrases: phrasesOf(text, tokens, formsOf(tokens, lexicons.en)) };
}

test("a text is seen as words, as letters within them, and as groups of words", () => {
  const { phrases } = phrasesIn("Tonight I have the pills.");
  const kinds = (...some: string[]) => some.map((phrase) => (phrases.has(phrase) ? kindOf(phrase) : `no ${phrase}`));
  assert.deepEqual(kinds("have", "have the", "(from 5 words)"), ["words", "words", "words"]);
  assert.deepEqual(kinds("toni~", "~igh~", "~ght"), ["letters", "letters", "letters"]);
  assert.deepEqual(kinds("<pills>", "the <pills>", "<i> .. <pills>", "<i> & <pills>", "first <now>", "last <pills>"), Array(6).fill("groups"));
});

test("letters stand on the whole word, and what is seen beside words on none", () => {
  const { tokens, phrases } = phrasesIn("Why would pastillas help?");
  const words = (phrase: string) => phrases.get(phrase)?.flatMap(({ from, to }) => tokens.slice(from, to).map(({ said }) => said));
  assert.deepEqual([words("~till~"), words("(?)")], [["pastillas"], []]);
});

test("two groups of two sentences are near each other in no phrase, but in one text", () => {
  const { phrases } = phrasesIn("I fed her. The pills are in the drawer.");
  assert.deepEqual([phrases.has("<she> .. <pills>"), phrases.has("<pills> & <she>")], [false, true]);
});

test("no text has no phrases", () => assert.equal(phrasesIn(" ?! ").phrases.size, 0));
