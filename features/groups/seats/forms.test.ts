import { expect, test } from "vitest";
import { seatForm } from "./forms.ts";

const read = (alias: string) => {
  const form = seatForm("US").safeParse({ alias });
  return form.success ? form.data.alias : form.error.issues[0]?.message;
};

test.each([
  ["  Maya   R. ", "Maya R."],
  ["Ana-Lucía O’Neil", "Ana-Lucía O’Neil"],
  ["نور", "نور"],
  ["ＬＡＭＰ", "LAMP"],
  ["🌙", "🌙"],
  ["👩‍🍼", "👩‍🍼"],
  // What can't be seen, or turns the line around, is not there.
  ["Ri\u202ever\u202c", "River"],
  ["Ri\u200bv\u2060er\ufeff", "River"],
  ["Ri\nver\u0000", "Ri ver"],
  ["\u200b\u202e", "problemAlias"],
  ["\u200d", "problemAlias"],
  ["Z\u0301\u0301\u0301\u0301\u0301", "problemAlias"],
  ["Noor, facilitator", "problemAliasRole"],
  ["Moderadora", "problemAliasRole"],
  ["<b>River</b>", "problemAlias"],
  ["maya@x", "problemAliasReach"],
  ["call 310 555 0142", "problemAliasReach"],
  ["٣١٠٥٥٥", "problemAliasReach"],
  ["maya.link", "problemAliasReach"],
  ["x".repeat(25), "problemAlias"],
  ["x".repeat(100_000), "problemAlias"],
])("%j is read as %j", (typed, read_) => expect(read(typed)).toBe(read_));
