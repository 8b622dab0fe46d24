import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "vitest";
import { figuresOf, measured } from "../figures/rules.ts";
import { learned, textOf } from "../points/queries.ts";
import { heed } from "../points/rules.ts";
import { read } from "../queries.ts";
import { classes } from "../types.ts";
import { sentencesHeldOut, sentencesToLearnFrom } from "./queries.ts";
import { lineFor, pointsFrom, pointsTaughtBy, type Tried } from "./rules.ts";

const how = { passes: 12, hold: 0.02, pace: 0.3, seen: 1, keep: 100 };

test("a phrase that stands in one class only speaks for it, and one that stands in all tells no class from another that is heeded alike", () => {
  const lessons = Array.from({ length: 40 }, (_, i) => ({ phrases: ["the", `of ${classes[i % 4]}`], class: classes[i % 4]! }));
  const points = pointsFrom(lessons, how);
  classes.forEach((is, k) => assert.equal(points.get(`of ${is}`)!.indexOf(Math.max(...points.get(`of ${is}`)!)), k));
  const heededAlike = (phrase: string) => (points.get(phrase) ?? []).filter((_, k) => heed[k] === 1);
  const spread = (phrase: string) => Math.max(...heededAlike(phrase)) - Math.min(...heededAlike(phrase));
  assert.ok(spread("the") < spread("of urgent") / 5);
});

test("the card keeps so many phrases, and those that tell most", () => {
  const lessons = Array.from({ length: 40 }, (_, i) => ({ phrases: ["the", `of ${classes[i % 4]}`], class: classes[i % 4]! }));
  assert.deepEqual([...pointsFrom(lessons, { ...how, keep: 4 }).keys()].toSorted(), classes.map((is) => `of ${is}`).toSorted());
});

test("the line is the lowest that raises no more ordinary ones and no more thoughts than the limits allow", () => {
  const tried = (is: Tried["class"], urgencies: readonly number[]): Tried[] => urgencies.map((urgency) => ({ class: is, language: "en", hand: "a", urgency }));
  const all = [...tried("ordinary", [10, 20, 30, 60]), ...tried("thoughts", [5, 40]), ...tried("urgent", [35, 50, 70, 90])];
  assert.deepEqual(lineFor(all, { ordinary: 25, thoughts: 50 }), { line: 31, found: 100 });
  assert.deepEqual(lineFor(all, { ordinary: 25, thoughts: 0 }), { line: 41, found: 75 });
  assert.deepEqual(lineFor(all, { ordinary: 0, thoughts: 0 }), { line: 61, found: 50 });
});

test("hands count alike, and none of three or more moves the line alone", () => {
  const ordinary = (hand: string, ...urgencies: number[]): Tried[] => urgencies.map((urgency) => ({ class: "ordinary", language: "en", hand, urgency }));
  const [calm, loud] = [[...ordinary("a", 10, 20), ...ordinary("b", 10, 30)], ordinary("c", 90, 90, 90, 90, 90, 90, 90, 90)];
  const most = { ordinary: 0, thoughts: 0 };
  assert.equal(lineFor(calm, most).line, 31);
  assert.equal(lineFor([...calm, ...loud], most).line, 31);
  assert.equal(lineFor([...ordinary("a", 10, 20), ...loud], most).line, 91);
  assert.equal(lineFor([...calm, ...ordinary("c", 90, 10, 10, 10), ...ordinary("d", 90, 10)], { ordinary: 10, thoughts: 0 }).line, 31);
});

test("nothing that is held out is learned from", () => {
  const taught = new Set(sentencesToLearnFrom().map(({ text }) => text));
  assert.deepEqual(sentencesHeldOut().filter(({ text }) => taught.has(text)), []);
});

test("the points that are shipped are what the sentences teach", { timeout: 300_000 }, () => {
  const shipped = readFileSync("features/safety/signals/scorecard.tsv", "utf8");
  assert.ok(shipped === textOf(learned().now, pointsTaughtBy(sentencesToLearnFrom())), "npm run signals");
});

test("the figures that are printed are what is measured on the open set, from which nothing was learned", () => {
  for (const language of ["en", "es"] as const) assert.deepEqual(measured[language], figuresOf(sentencesHeldOut().filter((one) => one.language === language), read));
});
