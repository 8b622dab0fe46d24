import { expect, test } from "vitest";
import { say } from "../words.ts";
import { promiseSentence } from "./promise.tsx";

const zone = "America/Los_Angeles";
const now = Temporal.Instant.from("2026-11-23T07:00:00Z"); // Sunday, 11 at night, where she is
const closed = (opensAt: Temporal.Instant | undefined, language: "en" | "es" = "en", at = now) => promiseSentence(language, { kind: "closed", opensAt }, zone, "before", at).replaceAll("\u202f", " ");

test("an opening today is told by its time alone", () => {
  const text = closed(now.add({ minutes: 30 }));
  expect(text).toContain("until 11:30 PM (Pacific Time)");
  expect(closed(now.add({ minutes: 30 }), "es")).toMatch(/Próxima apertura: 11:30.p\.m\. \(hora del Pacífico\)/);
});

test("an opening on another day of hers carries the day, even when it is an hour away", () => {
  expect(closed(now.add({ minutes: 61 }))).toContain("until Monday, November 23 at 12:01 AM (Pacific Time)");
  expect(closed(now.add({ hours: 9 }))).toContain("until Monday, November 23 at 8:00 AM (Pacific Time)");
  expect(closed(now.add({ hours: 9 }), "es")).toContain("Próxima apertura: lunes, 23 de noviembre, 8:00");
});

test("which day it is goes by her zone and not by ours", () => {
  const afterMidnight = Temporal.Instant.from("2026-11-24T00:30:00Z"); // still Monday afternoon in California
  expect(closed(afterMidnight, "en", Temporal.Instant.from("2026-11-23T20:00:00Z"))).toContain("until 4:30 PM");
});

test.each([-60, -1, 0, 1])("an opening %i minutes away promises no time, since nobody has come", (minutes) => {
  const promise = { kind: "closed", opensAt: now.add({ minutes }) } as const;
  expect(promiseSentence("en", promise, zone, "before", now)).toBe(say("en")("promiseClosedUnknown"));
  expect(promiseSentence("es", promise, zone, "waiting", now)).toBe(say("es")("standingClosedUnknown"));
});

test("a network without hours names no time", () => {
  expect(closed(undefined)).toBe(say("en")("promiseClosedUnknown"));
});
