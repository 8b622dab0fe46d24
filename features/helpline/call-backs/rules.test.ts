import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StaffRole } from "../../../platform/http/scope.ts";
import type { MemberId } from "../types.ts";
import { isSameTry, mayTakeOver, reachBy, reminderAt, type Owner } from "./rules.ts";

const due = Temporal.Instant.from("2026-11-25T11:00:00Z");
const [me, other] = ["me", "other"] as MemberId[] as [MemberId, MemberId];

describe("reminders of a promise", () => {
  test.each([
    [-24, undefined, -12],
    [-12, "owner", -4],
    [-5, "owner", -4],
    [-4, "coordinators", 0],
    [-1, "coordinators", 0],
    [0, "coordinators", undefined],
    [30, "coordinators", undefined],
  ] as const)("at %i hours from the due time: tell %s, look again at %s", (hours, whom, next) => {
    expect(reminderAt(due, due.add({ hours }))).toEqual({ whom, next: next === undefined ? undefined : due.add({ hours: next }) });
  });

  test("followed from the promise to its end, tell the owner once and the coordinators twice, whenever it was made", () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 24 * 90 }), (hoursAhead) => {
        const told: (string | undefined)[] = [];
        for (let now: Temporal.Instant | undefined = due.subtract({ hours: hoursAhead }); now; ) {
          const { whom, next } = reminderAt(due, now);
          told.push(whom);
          now = next;
        }
        expect(told).toEqual([undefined, "owner", "coordinators", "coordinators"]);
      }),
    );
  });
});

describe("who may take a promise over", () => {
  const owner = (isCoordinator: boolean): Owner => ({ id: other, name: "Marco", isCoordinator });
  const as = (...roles: StaffRole[]) => ({ memberId: me, roles: new Set(roles) });
  test("a volunteer from nobody or from a coordinator, not from another volunteer", () => {
    expect(mayTakeOver(as("volunteer"), undefined)).toBe(true);
    expect(mayTakeOver(as("volunteer"), owner(true))).toBe(true);
    expect(mayTakeOver(as("volunteer"), owner(false))).toBe(false);
  });
  test("a supervisor or coordinator from anybody, and nobody from herself", () => {
    expect(mayTakeOver(as("supervisor"), owner(false))).toBe(true);
    expect(mayTakeOver(as("coordinator"), owner(false))).toBe(true);
    expect(mayTakeOver(as("coordinator"), { id: me, name: "Lucía", isCoordinator: true })).toBe(false);
  });
});

test("the same answer noted again within a minute is one try", () => {
  const last = { memberId: me, reached: false, at: due };
  expect(isSameTry(last, { memberId: me, reached: false }, due.add({ seconds: 59 }))).toBe(true);
  expect(isSameTry(last, { memberId: me, reached: false }, due.add({ seconds: 60 }))).toBe(false);
  expect(isSameTry(last, { memberId: me, reached: true }, due)).toBe(false);
  expect(isSameTry(last, { memberId: other, reached: false }, due)).toBe(false);
  expect(isSameTry(undefined, { memberId: me, reached: false }, due)).toBe(false);
});

test("'text only' is never a call, whatever was asked", () => {
  expect(reachBy("call", "text_only", "+1 (555) 010-7788")).toEqual({ kind: "text", href: "sms:+15550107788" });
  expect(reachBy("call", "may_name_us", "555 0107788")).toEqual({ kind: "call", href: "tel:5550107788" });
  expect(reachBy("text", "never_name_us", "5550107788")).toEqual({ kind: "text", href: "sms:5550107788" });
  expect(reachBy("email", "text_only", " maya+x@example.org ")).toEqual({ kind: "email", href: "mailto:maya%2Bx@example.org" });
});
