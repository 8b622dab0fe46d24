import fc from "fast-check";
import { expect, test } from "vitest";
import { staffRoles } from "../../platform/http/scope.ts";
import { secondsBetween } from "../../platform/time/time.ts";
import { deviceOf, firstPage, inForce, provesBoth, rolesInForce, sessionEnd } from "./rules.ts";
import type { HeldRole, HeldRoleId } from "./types.ts";

const start = Temporal.Instant.from("2026-11-24T11:00:00Z");
const hour = fc.integer({ min: 0, max: 1000 }).map((hours) => start.add({ hours }));
const heldRole = fc.record({ id: fc.uuid().map((id) => id as HeldRoleId), role: fc.constantFrom(...staffRoles), expiresAt: fc.option(hour, { nil: undefined }), endedAt: fc.option(hour, { nil: undefined }) });

test("a role is in force exactly when nobody ended it and its end has not come", () => {
  fc.assert(
    fc.property(fc.array(heldRole), hour, (held: HeldRole[], now) => {
      const roles = rolesInForce(held, now);
      for (const role of staffRoles) {
        const standing = held.some((one) => one.role === role && one.endedAt === undefined && (one.expiresAt === undefined || one.expiresAt.epochMilliseconds > now.epochMilliseconds));
        expect(roles.has(role)).toBe(standing);
      }
    }),
  );
});

test("a role that is over never comes back by waiting", () => {
  fc.assert(
    fc.property(heldRole, hour, fc.integer({ min: 0, max: 500 }), (role, now, hours) => {
      if (!inForce(role, now)) expect(inForce(role, now.add({ hours }))).toBe(false);
    }),
  );
});

test("whatever the visits, a session on a device that others use ends half an hour after the last one and within twelve hours", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 29 }), { maxLength: 60 }), (gaps) => {
      let now = start;
      for (const minutes of gaps) {
        now = now.add({ minutes });
        const end = sessionEnd(start, now, true);
        expect(secondsBetween(now, end)).toBeLessThanOrEqual(30 * 60);
        expect(secondsBetween(start, end)).toBeLessThanOrEqual(12 * 3600);
      }
    }),
  );
});

test("whatever the visits, a session ends 12 hours after the last one and within seven days", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 11 }), { maxLength: 60 }), (gaps) => {
      let end = sessionEnd(start, start, false);
      let now = start;
      for (const hours of gaps) {
        now = now.add({ hours });
        if (Temporal.Instant.compare(now, end) >= 0) break;
        end = sessionEnd(start, now, false);
        expect(secondsBetween(now, end)).toBeLessThanOrEqual(12 * 3600);
      }
      expect(secondsBetween(start, end)).toBeLessThanOrEqual(7 * 24 * 3600);
    }),
  );
});

test.each([
  ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Samsung Internet on Android"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0", "Edge on Windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "Safari on Mac"],
  ["<script>alert(1)</script>", "? on ?"],
  [undefined, "? on ?"],
])("a device is named without version or model: %s", (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

test("a passkey proves both steps; a demo link only outside of production; nothing else does", () => {
  expect([provesBoth("passkey", true), provesBoth("demo", false), provesBoth("demo", true), provesBoth("passphrase", false), provesBoth("email_link", false), provesBoth("recovery_code", false)]).toEqual([true, true, false, false, false, false]);
});

test("each lands where her work is", () => {
  expect([firstPage({ roles: new Set(["volunteer", "coordinator"]) }), firstPage({ roles: new Set(["supervisor"]) }), firstPage({ roles: new Set(["moderator", "member"]) }), firstPage({ roles: new Set() })]).toEqual(["/desk", "/board", "/safety", "/account"]);
});
