import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemberId } from "../../../platform/http/scope.ts";
import { endOfDay, inOrder, invitationOpen, lastDay, leavesACoordinator } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-24T11:00:00Z");
const [ana, bea] = ["ana", "bea"] as MemberId[] as [MemberId, MemberId];
const holds = (memberId: MemberId, expiresAt?: Temporal.Instant, endedAt?: Temporal.Instant) => ({ memberId, expiresAt, endedAt });
const tomorrow = now.add({ hours: 24 });

test.each([
  ["alone, her role cannot end", [holds(ana)], ana, now, false],
  ["with another beside her it can", [holds(ana), holds(bea)], ana, now, true],
  ["one whose role was ended counts no more", [holds(ana), holds(bea, undefined, now)], ana, now, false],
  ["one whose role is over counts no more", [holds(ana), holds(bea, now)], ana, now, false],
  ["one who stays only until tomorrow does until then", [holds(ana), holds(bea, tomorrow)], ana, now, true],
  ["but not for longer", [holds(ana), holds(bea, tomorrow)], ana, tomorrow, false],
  ["a second role of her own does not help", [holds(ana), holds(ana)], ana, now, false],
  ["who is no coordinator takes nothing away", [holds(bea)], ana, now, true],
] as const)("%s", (_name, held, who, endsAt, remains) => {
  expect(leavesACoordinator(held, who, endsAt, now)).toBe(remains);
});

test("ending roles one after another never leaves the network without a coordinator", () => {
  const holder = fc.record({ memberId: fc.constantFrom("a", "b", "c", "d").map((id) => id as MemberId), expiresAt: fc.option(fc.integer({ min: -5, max: 50 }).map((hours) => now.add({ hours })), { nil: undefined }), endedAt: fc.constant(undefined as Temporal.Instant | undefined) });
  fc.assert(
    fc.property(fc.array(holder, { minLength: 1 }), fc.array(fc.constantFrom("a", "b", "c", "d").map((id) => id as MemberId)), (held, ending) => {
      let left = held;
      const standing = () => left.filter(({ expiresAt, endedAt }) => endedAt === undefined && (expiresAt === undefined || Temporal.Instant.compare(expiresAt, now) > 0)).length;
      const before = standing();
      for (const who of ending) if (leavesACoordinator(left, who, now, now)) left = left.map((one) => (one.memberId === who ? { ...one, endedAt: now } : one));
      expect(standing() > 0).toBe(before > 0);
    }),
  );
});

test("a last day is whole, in the giver's own zone, and reads back as the same day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.constantFrom("America/Los_Angeles", "Europe/Madrid", "Pacific/Apia", "America/Santiago", "Africa/Cairo"), (days, zone) => {
      const day = now.toZonedDateTimeISO(zone).toPlainDate().add({ days });
      const end = endOfDay(day, zone, now);
      expect(end && lastDay(end, zone).equals(day)).toBe(true);
    }),
  );
  expect(endOfDay(Temporal.PlainDate.from("2026-11-23"), "America/Los_Angeles", now)).toBeUndefined();
});

test("an invitation is open until accepted, withdrawn or too old", () => {
  const invitation = { acceptedAt: undefined, withdrawnAt: undefined, expiresAt: tomorrow };
  expect([invitationOpen(invitation, now), invitationOpen(invitation, tomorrow), invitationOpen({ ...invitation, acceptedAt: now }, now), invitationOpen({ ...invitation, withdrawnAt: now }, now)]).toEqual([true, false, false, false]);
  expect(inOrder(["volunteer", "coordinator"])).toEqual(["coordinator", "volunteer"]);
});
