import assert from "node:assert/strict";
import { test } from "vitest";
import { figuresOf, measured } from "../figures/rules.ts";
import { read } from "../rules.ts";
import shipped from "../scorecard.json" with { type: "json" };
import { classes } from "../types.ts";
import { sentencesHeldOut, sentencesToLearnFrom } from "./queries.ts";
import { pointsFrom, pointsTaughtBy } from "./rules.ts";

const how = { passes: 12, hold: 0.02, pace: 0.3, weigh: [1, 1, 1, 1], seen: 1, keep: 100 };

test("a phrase that stands in one class only speaks for it, and one that stands in all speaks for none", () => {
  const lessons = Array.from({ length: 40 }, (_, i) => ({ phrases: ["the", `of ${classes[i % 4]}`], class: classes[i % 4]! }));
  const points = pointsFrom(lessons, how);
  classes.forEach((is, k) => assert.equal(points[`of ${is}`]!.indexOf(Math.max(...points[`of ${is}`]!)), k));
  const spread = (phrase: string) => Math.max(...(points[phrase] ?? [0])) - Math.min(...(points[phrase] ?? [0]));
  assert.ok(spread("the") < spread("of urgent") / 5);
});

test("nothing that is held out is learned from", () => {
  const learned = new Set(sentencesToLearnFrom().map(({ text }) => text));
  assert.deepEqual(sentencesHeldOut().filter(({ text }) => learned.has(text)), []);
});

test("the points that are shipped are what the sentences teach", { timeout: 120_000 }, () => assert.deepEqual(shipped.points, pointsTaughtBy(sentencesToLearnFrom())));

test("the figures that are printed are what is measured on the half that nothing was learned from", () => {
  for (const language of ["en", "es"] as const) assert.deepEqual(measured[language], figuresOf(sentencesHeldOut().filter((one) => one.language === language), read));
});
