import { expect, test } from "vitest";
import { callBackForm } from "./forms.ts";

const leave = (way: "call" | "email", contact: string) => callBackForm.safeParse({ way, contact, safeWay: "may_name_us", bestTime: "any" });

test("a way to reach her is a number or an address, however she writes it", () => {
  for (const number of ["+1 (555) 010-0199", "555 0100", "5550100"]) expect(leave("call", number).success, number).toBe(true);
  for (const address of ["maya@example.org", " maya.b+night@mail.example.co.uk ", "maya@example.org."]) expect(leave("email", address).success, address).toBe(true);
  for (const neither of ["", "call me", "maya@", "@example.org", "maya@example", "maya @example.org", "a@b@example.org", "1".repeat(26)]) expect(leave("email", neither).success, neither).toBe(false);
  expect(leave("call", "5".repeat(121)).error?.issues[0]?.message).toBe("problemContact");
});

test("no text keeps the reader of the form busy", () => {
  const long = 400_000;
  const before = performance.now();
  for (const text of [`a@${".".repeat(long)}@`, `a@${"b.".repeat(long)}@`, `${"a".repeat(long)}@`, `1${" ".repeat(long)}x`, `a@${".".repeat(117)}@`]) expect(leave("email", text).success).toBe(false);
  expect(performance.now() - before).toBeLessThan(2000);
});
