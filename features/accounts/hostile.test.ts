import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { accountsApp, browser, makeSignedIn, roomOf } from "./factory.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const { routes } = roomOf(house);
const coordinator = await makeSignedIn(house, ["coordinator"]);
const volunteer = await makeSignedIn(house);

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom("", "\0", "'; drop table members; --", "<script>", "../../etc/passwd", "%00", "{}", "null", "[1]", "9".repeat(500), "2026-99-99", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "\ud800", "A".repeat(43), '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","attestationObject":"oA"}}'),
);
const fields = ["signInName", "passphrase", "email", "code", "name", "forName", "language", "zone", "roles", "role", "lastDay", "id", "challenge", "passkey", "sealed", "now"];
const cookieText = nasty.map((text) => encodeURIComponent(text.toWellFormed()));

test("whatever is asked, posted or carried in a cookie, nothing here fails", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), fc.dictionary(fc.constantFrom(...fields), nasty), nasty, cookieText, fc.constantFrom("none", coordinator.token, volunteer.token), fc.constantFrom("link", "invitation", "inviting", "helping", "codes", "said"), async (route, form, param, step, session, kind) => {
      // Signing out would end the session that the next tries need.
      if (route.path === "/sign-out" || route.path.includes("sessions") || route.path.includes("roles/end")) return;
      const one = browser(app, `__Host-session=${session}; __Host-step=${kind}.${step}`);
      const path = route.path.replaceAll(/:\w+/g, encodeURIComponent(param.toWellFormed()) || "x");
      const answer = route.method === "GET" ? await one.get(path) : await one.post(path, Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value.toWellFormed()])));
      expect(answer.status, `${route.method} ${route.path}`).toBeLessThan(500);
    }),
    { numRuns: 600 },
  );
});

test("a session cookie of any shape is just no session", async () => {
  await fc.assert(
    fc.asyncProperty(cookieText, async (session) => {
      expect((await browser(app, `__Host-session=${session}`).get("/account")).to).toBe("/sign-in");
    }),
    { numRuns: 60 },
  );
});

test("a body that is no form, or no JSON, is answered kindly", async () => {
  for (const path of ["/sign-in", "/join", "/account/push", "/account/passkeys", "/people/invitations"]) {
    const answer = await browser(app, coordinator.cookie).json(path, "\ud800{");
    expect(answer.status, path).toBeLessThan(500);
  }
});

test("nobody's token stands in any page", async () => {
  const one = browser(app, coordinator.cookie);
  for (const { method, path } of routes.filter(({ method, path }) => method === "GET" && !path.includes(":"))) expect((await one.get(path)).text, `${method} ${path}`).not.toContain(coordinator.token);
});
