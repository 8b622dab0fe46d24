import fc from "fast-check";
import { expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import { browser, makeSignedIn } from "../accounts/factory.ts";
import { makeNetwork } from "../network/factory.ts";
import { groupOf, makeFacilitator, makeGroup, tuesdays } from "./series/factory.ts";

const house = await openTestHouse();
await makeNetwork(house);
house.setClock("2026-11-25T02:45:00Z");
const app = createApp(house);

const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas, ines] = await Promise.all(["Noor", "Tomás", "Inés"].map((name) => makeFacilitator(house, lucia.scope, name)));
if (!noor || !tomas || !ines) throw new Error("nobody leads");
const meetingOf = async (series: Awaited<ReturnType<typeof makeGroup>>) => {
  const { sessions: [session] } = await groupOf(house, series);
  if (!session) throw new Error("it does not meet");
  return session.id;
};
// Two groups of the same evening: hers, and one that neither she nor who leads hers has any part in.
const hers = await meetingOf(await makeGroup(house, lucia.scope, [noor.id, tomas.id]));
const theirSeries = await makeGroup(house, lucia.scope, [tomas.id, ines.id], { kind: "loss", plan: { ...tuesdays, minutes: 60 } });
const theirs = await meetingOf(theirSeries);

async function seatAt(meeting: string, alias: string, email = "") {
  const one = browser(app);
  const { to } = await one.post(`/groups/meetings/${meeting}`, { alias, email });
  await one.post(`${to}/lobby`, { agree: "yes" });
  return { one, id: to?.split("/").at(-1) ?? "", cookie: [...one.jar].map((pair) => pair.join("=")).join("; ") };
}
const stranger = await seatAt(theirs, "canary-alias-7741", "canary-7741@lantern.example");
await stranger.one.post(`/seats/${stranger.id}/note`, { note: "canary-note-7741", key: "a".repeat(22) });
const parent = await seatAt(hers, "River");

test("she herself and those who lead her meeting read the name she chose", async () => {
  expect((await stranger.one.get(`/seats/${stranger.id}`)).text).toContain("canary-alias-7741");
  expect((await browser(app, tomas.cookie).get(`/evenings/${theirs}`)).text).toMatch(/canary-alias-7741.*canary-note-7741/s);
});

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom("", "\0", "\ud800", "'; drop table seats; --", "<script>", "../../etc/passwd", "%00", "%", "{}", "null", "[1]", "-1", "1e99", "NaN", "9".repeat(400), "2026-99-99", "99999999-01-01", "x".repeat(9000), "00000000-0000-0000-0000-000000000000", "A".repeat(43), "//elsewhere.example", "javascript:alert(1)", "all", "yes", "en", "TU"),
  fc.constantFrom(theirs, theirSeries, stranger.id, hers),
);
const fields = ["alias", "email", "phone", "key", "nextDay", "agree", "leaving", "words", "note", "up", "seat", "message", "debrief", "incident", "kind", "language", "about", "every", "days", "starts", "at", "zone", "minutes", "seats", "camera", "partners", "room", "address", "until", "count", "first", "second", "member", "day", "on", "reason", "titles", "seen", "hours", "open", "into", "does"];
// Leaving, calling off and ending would take away what the next tries need.
const ending = /\/(out|give-up|cancel|end|close|forget|stop|remove)$/;
const routes = app.routes.filter(({ method, path }) => /^\/(groups|seats|evenings)/.test(path) && !path.endsWith("/stream") && !(method === "POST" && ending.test(path)));
const who = { visitor: "", parent: parent.cookie, facilitator: noor.cookie };

test("whatever is asked or posted, nothing of groups fails, and nobody reads of a meeting she has no part in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.constantFrom(...(["visitor", "parent", "facilitator"] as const)),
      fc.dictionary(fc.constantFrom(...fields), nasty, { maxKeys: 10 }),
      nasty.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2000) || "x"),
      async ({ method, path }, role, form, value) => {
        house.passTime({ milliseconds: 1 });
        const one = browser(app, who[role]);
        const address = path.replaceAll(/:\w+/g, value);
        const posted = Object.fromEntries(Object.entries(form).map(([name, text]) => [name, text.toWellFormed()]));
        const { status, text, headers, to } = await (method === "GET" ? one.get(address) : one.post(address, posted));
        const where = `${method} ${path} as ${role}`;
        expect(status, where).toBeLessThan(500);
        expect(`${text}${[...headers.values()].join()}`, where).not.toContain("canary-");
        if (to !== null) expect(to, where).toMatch(/^\/(?![/\\])/);
      },
    ),
    { numRuns: 900 },
  );
}, 120_000);

test("another's seat and another's meeting are not there, by any address and any act", async () => {
  const before = await house.db.selectFrom("seats").selectAll().where("id", "=", stranger.id as never).executeTakeFirstOrThrow();
  for (const { method, path } of routes.filter(({ path }) => /^\/(seats|evenings)\/:(seat|session)/.test(path)))
    for (const role of ["visitor", "parent", "facilitator"] as const) {
      const address = path.replace(":seat", stranger.id).replace(":session", theirs).replaceAll(/:\w+/g, "2026-11-24");
      const one = browser(app, who[role]);
      const { status, to } = await (method === "GET" ? one.get(address) : one.post(address, { seat: stranger.id, words: "in another's name", key: "b".repeat(22), reason: "x" }));
      // A visitor of the desk's pages is asked to sign in; for all others they are not there, or the act is refused.
      expect([403, 404, 409].includes(status) || to === "/sign-in", `${method} ${path} as ${role}: ${status} ${to}`).toBe(true);
    }
  expect(await house.db.selectFrom("seats").selectAll().where("id", "=", stranger.id as never).executeTakeFirstOrThrow()).toEqual(before);
});
