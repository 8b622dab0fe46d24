import fc from "fast-check";
import { expect, test } from "vitest";
import type { Meeting } from "../types.ts";
import { byDay } from "./rules.ts";

const now = Temporal.Instant.from("2026-11-24T11:00:00Z");

test("a meeting stands under the day of her own calendar, wherever she is", () => {
  fc.assert(
    fc.property(fc.constantFrom("America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"), fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 20 }), (zone, minutes) => {
      const meetings = minutes.toSorted((a, b) => a - b).map((more) => ({ session: { starts: now.add({ minutes: more }) } }) as Meeting);
      const days = byDay(meetings, now, zone);
      expect(days.flatMap((day) => day.meetings)).toEqual(meetings);
      for (const { date, ahead, meetings: those } of days) {
        expect(now.toZonedDateTimeISO(zone).toPlainDate().add({ days: ahead }).equals(date)).toBe(true);
        for (const { session } of those) expect(session.starts.toZonedDateTimeISO(zone).toPlainDate().equals(date)).toBe(true);
      }
    }),
  );
});
