import { expect, test } from "vitest";
import { isDue } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-24T11:00:00Z");

test.each([
  ["day", 23, false],
  ["day", 23.6, true],
  ["day", 24, true],
  ["week", 24 * 6, false],
  ["week", 24 * 7, true],
] as const)("who is told each %s was told %d hours ago: %s", (every, hours, due) => expect(isDue(every, now.subtract({ minutes: hours * 60 }), now)).toBe(due));
