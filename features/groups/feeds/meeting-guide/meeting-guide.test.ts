import { expect, it, test } from "vitest";
import { z } from "zod";
import { aSeries } from "../factory.ts";
import { guideOf } from "./rules.ts";
import { weekdays } from "../../types.ts";

const now = Temporal.Instant.from("2026-11-24T11:00:00Z");
const guide = (...series: ReturnType<typeof aSeries>[]) => guideOf(series, { base: "https://lantern.example", entity: "Lantern Street", now, howToCome: () => "Save a seat first." });

/** What the Meeting Guide API asks of each field that we send: README.md and schema/ of github.com/code4recovery/spec, as of 2026. */
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const meeting = z.strictObject({
  name: z.string().min(1).max(64),
  slug: z.string().regex(/^[a-z0-9-]+$/).max(64),
  day: z.number().int().min(0).max(6),
  time: clock,
  end_time: clock,
  timezone: z.enum(Intl.supportedValuesOf("timeZone")),
  types: z.array(z.enum(["EN", "S"])),
  conference_url: z.url(),
  conference_url_notes: z.string(),
  url: z.url(),
  notes: z.string().optional(),
  entity: z.string().optional(),
  entity_website_url: z.url().optional(),
});
const feed = z.array(meeting).refine((all) => new Set(all.map(({ slug }) => slug)).size === all.length, "a slug is unique");

it("a weekly group is one entry for each of its days, in the shape that was published", () => {
  const found = guide(aSeries({ about: "Two lines,\nof words.", plan: { rhythm: { every: "weeks", weeks: 1, days: ["TU", "SU"] } } }), aSeries({ id: "7d2f6f0c-5b11-4a56-9a0d-6c1f2f0e6b8f" as never, language: "es", plan: { at: Temporal.PlainTime.from("23:30"), zone: "Europe/Madrid" } }));
  feed.parse(found);
  expect(found.map(({ name, day, time, end_time, timezone, types }) => [name, day, time, end_time, timezone, types])).toEqual([
    ["Pregnancy and after birth", 2, "19:00", "20:30", "America/Los_Angeles", ["EN"]],
    ["Pregnancy and after birth", 0, "19:00", "20:30", "America/Los_Angeles", ["EN"]],
    ["Embarazo y después del parto", 2, "23:30", "01:00", "Europe/Madrid", ["S"]],
  ]);
  expect(new Set(found.map(({ conference_url, url }) => conference_url === url))).toEqual(new Set([true]));
  expect(found[0]?.conference_url).toBe("https://lantern.example/groups/7d2f6f0c-5b11-4a56-9a0d-6c1f2f0e6b8e");
});

test("Sunday is 0", () => expect(guide(aSeries({ plan: { starts: Temporal.PlainDate.from("2026-01-05"), rhythm: { every: "weeks", weeks: 1, days: weekdays } } })).map(({ day, slug }) => [day, slug.slice(-2)])).toEqual([[1, "mo"], [2, "tu"], [3, "we"], [4, "th"], [5, "fr"], [6, "sa"], [0, "su"]]));

it("other rhythms are not in it, nor what has not begun or is over; a skipped week is no end", () => {
  const starts = Temporal.PlainDate.from("2026-11-03");
  const none = [{ rhythm: { every: "once" } }, { rhythm: { every: "weeks", weeks: 2, days: ["TU"] } }, { rhythm: { every: "month", nth: 1, weekday: "TU" } }, { starts: Temporal.PlainDate.from("2026-12-08") }, { starts, until: Temporal.PlainDate.from("2026-11-20") }, { starts, count: 2 }] as const;
  for (const plan of none) expect(guide(aSeries({ plan }))).toEqual([]);
  expect(guide(aSeries({ plan: { starts, skipped: new Set(["2026-11-24"]) } }))).toHaveLength(1);
});

it("the week in which the clocks go back has its seven days, too", () => {
  const after = Temporal.Instant.from("2026-10-28T02:30:00Z");
  expect(guideOf([aSeries({ plan: { starts: Temporal.PlainDate.from("2026-01-06") } })], { base: "https://lantern.example", entity: undefined, now: after, howToCome: () => "" })).toHaveLength(1);
});
