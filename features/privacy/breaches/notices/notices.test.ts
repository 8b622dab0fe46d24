import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { createApp } from "../../../../app.tsx";
import { furnishTheStreet } from "../../../../cast/street.ts";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { memberScope } from "../../../../platform/http/scope.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { forgetMember } from "../../../accounts/commands.ts";
import { browser, makeSignedIn, signInAs } from "../../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../../../community/factory.ts";
import { breachById } from "../queries.ts";
import { noticesOf } from "./queries.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const space = await makeSpace(house, people.lucia, { mode: "watch" });
const { scope, cookie } = await signInAs(house, people.lucia);
const lucia = browser(app, cookie);

/** Somebody with a place; with a post where it is said. */
async function member(name: string, posts = true, language = "en") {
  const made = await makeSignedIn(house, ["member"], { name });
  await settleMember(house, made.id, name);
  if (posts) await write(house, memberScope(made.scope.member), space, { title: name, unnamed: name.includes("Unnamed") });
  return { ...made, page: browser(app, made.cookie, language) };
}

const secret = "canary of the record";
const record = async (classes = "posts") => {
  const day = { fromOn: "2026-11-20", untilOn: "2026-11-24", knownOn: "2026-11-24", knownAt: "03:00" };
  return (await lucia.post("/privacy/breaches", { key: randomUUID(), kind: "lost", classes, ...day, what: secret })).to ?? "";
};
const words = {
  happened_en: "A laptop was left on the night bus.", did_en: "It was wiped from afar.", may_en: "You can take new key words.",
  happened_es: "Una computadora quedó en el autobús nocturno.", did_es: "Se borró a distancia.", may_es: "Puedes tomar palabras clave nuevas.",
};
const tell = async (path: string, more: Record<string, string> = {}) => lucia.post(`${path}/notice`, { key: randomUUID(), act: "tell", ...words, ...more });
const toldOf = async (path: string) => noticesOf(house.db, scope, path.split("/").at(-1) as never);

test("nobody is told before it was looked at in both languages; what lacks a part comes back with all that was typed", async () => {
  const hers = await member("Waiting Wren");
  const path = await record();
  expect((await lucia.get(path)).text).toContain(`href="${path}/notice"`);
  const lacking = await lucia.post(`${path}/notice`, { key: randomUUID(), act: "tell", ...words, may_es: " " });
  expect([lacking.status, lacking.text.includes("Write this part."), lacking.text.includes(words.did_es)]).toEqual([422, true, true]);
  const looked = await lucia.post(`${path}/notice`, { key: randomUUID(), act: "look", ...words });
  for (const said of ["This is what they will read.", "What of yours", "Qué de lo tuyo", "Something is lost, and we can’t bring it back.", "It touched: What you write in the forum.", "Tocó: Lo que escribes en el foro.", ...Object.values(words)]) expect(looked.text, said).toContain(said);
  expect(looked.text).toMatch(/Show it to \d+ (person|people)/);
  expect((await toldOf(path)).told).toEqual([]);
  expect((await hers.page.get("/community/mine")).status).toBe(200);
});

test("whom it touched is told before her next page, in her language, until she says that she read it; and finds it again", async () => {
  const [rosa, unnamed, silent] = [await member("Touched Wren", true, "es"), await member("Unnamed Wren"), await member("Silent Wren", false)];
  const path = await record();
  await tell(path);
  expect((await silent.page.get("/community/mine")).status).toBe(200);
  for (const one of [rosa, unnamed]) for (const at of ["/community/mine", "/account", "/community/spaces"]) expect((await one.page.get(at)).to).toBe("/privacy/notices");
  await rosa.page.get("/community/spaces");
  const page = (await rosa.page.get("/privacy/notices")).text;
  for (const said of ["Qué pasó", "Se perdió algo", words.happened_es, "Lo que escribes en el foro", words.did_es, words.may_es, "A quién preguntar", "Ya lo leí, seguir"]) expect(page, said).toContain(said);
  for (const not of [secret, "Touched Wren", "Unnamed Wren", words.happened_en]) expect(page).not.toContain(not);
  const id = /\/privacy\/notices\/([0-9a-f-]{36})\/read/.exec(page)?.[1] ?? "";
  // Another's yes is not hers, and of whom nothing was told nothing is changed.
  await silent.page.post(`/privacy/notices/${id}/read`);
  expect((await rosa.page.get("/community/spaces")).to).toBe("/privacy/notices");
  expect((await rosa.page.post(`/privacy/notices/${id}/read`)).to).toBe("/community/spaces");
  expect((await rosa.page.get("/community/spaces")).status).toBe(200);
  expect((await unnamed.page.get("/community/spaces")).to).toBe("/privacy/notices");
  const again = (await rosa.page.get("/privacy/notices")).text;
  expect(again).toContain("Leíste esto el");
  expect(again).toContain(words.may_es);
  expect((await rosa.page.get("/privacy/mine")).text).toContain('href="/privacy/notices"');
  expect((await silent.page.get("/privacy/notices")).text).toContain("There is nothing that we have to tell you.");
  expect((await browser(app).get("/privacy/notices")).to).toBe("/sign-in");
});

test("what a page asks for in the background and what she sends go on, and so does help", async () => {
  const { page } = await member("Sending Wren");
  await tell(await record());
  expect((await page.post("/community/news", {})).to).not.toBe("/privacy/notices");
  for (const open of ["/help", "/message", "/"]) expect((await page.get(open)).status, open).toBe(200);
});

test("it is told once however often the form is sent, stands on the record with who read it, and leaves this place by no letter or push", async () => {
  const { page } = await member("Counted Wren");
  const path = await record();
  const [form, before] = [{ key: randomUUID(), act: "tell", ...words }, house.letters.length];
  const jobs = async () => (await sql<{ jobs: number }>`select count(*)::int as jobs from graphile_worker._private_jobs`.execute(house.db)).rows[0]?.jobs;
  const waiting = await jobs();
  expect((await Promise.all([lucia.post(`${path}/notice`, form), lucia.post(`${path}/notice`, form)])).map(({ to }) => to)).toEqual([path, path]);
  const [one, ...more] = (await toldOf(path)).told;
  expect([more, one?.read]).toEqual([[], 0]);
  await page.post(`/privacy/notices/${form.key}/read`);
  expect((await toldOf(path)).told[0]).toEqual({ ...one, read: 1 });
  const shown = (await lucia.get(path)).text;
  for (const said of ["Those with an account are told here", "1 have read it", "This record is as it was written"]) expect(shown, said).toContain(said);
  expect([house.letters.length, await jobs()]).toEqual([before, waiting]);
  const acts = await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("subject_id", "=", path.split("/").at(-1) ?? "").where("act", "=", "told_of_breach").execute();
  expect(acts).toEqual([{ act: "told_of_breach", reason: expect.stringMatching(/^mark [0-9a-f]{32}$/) }]);
});

test("a notice that was changed past the program says so, and its words are sealed", async () => {
  await member("Sealed Wren");
  const path = await record();
  await tell(path);
  const { rows } = await sql<{ text: string }>`select string_agg(row_to_json(n)::text, '') || (select string_agg(row_to_json(a)::text, '') from audit_entries a) as text from breach_notices n`.execute(house.db);
  for (const said of Object.values(words)) expect(rows[0]?.text).not.toContain(said);
  await sql`update breach_notices set told_at = told_at - interval '1 day' where breach_id = ${path.split("/").at(-1)}`.execute(house.db);
  expect((await lucia.get(path)).text).toContain("This record is not as it was written");
});

test("it is in her copy of everything, and goes with her", async () => {
  const { id, cookie: hers } = await member("Leaving Wren");
  await tell(await record());
  const answer = await app.request("/community/export", { method: "POST", headers: { cookie: hers, host: "localhost:3000", "content-type": "application/x-www-form-urlencoded" } });
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  for (const name of ["all.json", "all.html"]) expect(strFromU8(files[name] ?? new Uint8Array()), name).toContain(words.happened_en);
  const left = () => house.db.selectFrom("breach_told").select("notice_id").where("member_id", "=", id).execute();
  expect(await left()).toHaveLength(1);
  await inTransaction(house, (act) => forgetMember(act, id));
  expect(await left()).toEqual([]);
});

test("who works here is told of what touched her, and none but coordinators and supervisors tell", async () => {
  const path = await record("account");
  expect((await lucia.get(`/privacy/breaches/${randomUUID()}/notice`)).status).toBe(404);
  expect((await tell(`/privacy/breaches/${randomUUID()}`)).status).toBe(404);
  await tell(path);
  const ana = browser(app, (await signInAs(house, people.ana)).cookie);
  expect((await ana.get("/desk")).to).toBe("/privacy/notices");
  expect((await ana.get("/privacy/notices")).text).toContain("Your place here");
  for (const who of [people.ana, people.wren, people.noor]) {
    const phone = browser(app, (await signInAs(house, who)).cookie);
    for (const { id } of await house.db.selectFrom("breach_notices").select("id").execute()) await phone.post(`/privacy/notices/${id}/read`);
    expect([(await phone.get(`${path}/notice`)).status, (await phone.post(`${path}/notice`, { key: randomUUID(), act: "tell", ...words })).status]).toEqual([404, 404]);
  }
  expect((await toldOf(path)).told).toHaveLength(1);
  expect(await breachById(house.db, house.keys, scope, path.split("/").at(-1) ?? "")).toMatchObject({ asWritten: true });
});
