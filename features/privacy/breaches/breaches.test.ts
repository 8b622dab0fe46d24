import { randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { checkAudit, sealAudit } from "../../../platform/audit/chain.ts";
import { memberScope } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn, signInAs } from "../../accounts/factory.ts";
import { makeSpace, settleMember, write } from "../../community/factory.ts";
import { openConversation } from "../../helpline/commands.ts";
import { eraseConversation } from "../../helpline/erasure/commands.ts";
import { opening } from "../../helpline/factory.ts";
import type { ClassId } from "../types.ts";
import { affectedBy, affectedOnes, breachById } from "./queries.ts";

const house = await openTestHouse();
const people = await furnishTheStreet(house);
const app = createApp(house);
const space = await makeSpace(house, people.lucia, { mode: "watch" });
let { cookie, scope } = await signInAs(house, people.lucia);
let lucia = browser(app, cookie);
/** Her session of yesterday is over. */
async function later(hours: number) {
  house.passTime({ hours });
  ({ cookie, scope } = await signInAs(house, people.lucia));
  lucia = browser(app, cookie);
}

async function writer(name: string, unnamed = false) {
  const made = await makeSignedIn(house, ["member"], { name });
  await settleMember(house, made.id, name);
  await write(house, memberScope(made.scope.member), space, { title: name, unnamed });
  return made.id;
}

const canary = "the laptop on the night bus";
const said = (more: Record<string, string> = {}) => ({ key: randomUUID(), kind: "lost", classes: "posts", fromOn: "2026-11-20", untilOn: "2026-11-24", knownOn: "2026-11-24", knownAt: "03:00", what: canary, ...more });
const record = async (more: Record<string, string> = {}) => (await lucia.post("/privacy/breaches", said(more))).to ?? "";
const affected = async (classes: readonly ClassId[], until = house.now()) => affectedBy(house.db, { classes, until });

test("what went wrong is written down with its words sealed, once however often the form is sent, and stands in the list", async () => {
  const form = said();
  const paths = (await Promise.all([lucia.post("/privacy/breaches", form), lucia.post("/privacy/breaches", form)])).map(({ to }) => to);
  expect(paths).toEqual([`/privacy/breaches/${form.key}`, `/privacy/breaches/${form.key}`]);
  const page = (await lucia.get(paths[0] ?? "")).text;
  for (const words of [canary, "Something is lost", "What you write in the forum", "This record is as it was written", "RCW 19.255.010", "16 CFR 318"]) expect(page, words).toContain(words);
  const { rows } = await sql<{ text: string }>`select row_to_json(b)::text || (select string_agg(row_to_json(a)::text, '') from audit_entries a) as text from breaches b where id = ${form.key}`.execute(house.db);
  expect(rows[0]?.text).not.toContain(canary);
  const list = (await lucia.get("/privacy/breaches")).text;
  expect(list.match(new RegExp(`href="/privacy/breaches/${form.key}"`, "g"))).toHaveLength(1);
});

test("days are those of who writes: an hour in Los Angeles is not one in London", async () => {
  const id = (await record({ knownOn: "2026-11-24", knownAt: "03:00" })).split("/").at(-1) ?? "";
  const row = await house.db.selectFrom("breaches").select(["from_at", "until_at", "known_at"]).where("id", "=", id).executeTakeFirstOrThrow();
  expect([row.from_at, row.until_at, row.known_at].map(String)).toEqual(["2026-11-20T08:00:00Z", "2026-11-25T08:00:00Z", "2026-11-24T11:00:00Z"]);
});

test("whom it touched: each once, by the classes and the time alone; who wrote without a name among them; who erased all not", async () => {
  const before = await affected(["posts"]);
  await writer("Touched One");
  await writer("Touched Two", true);
  const { scope: one } = await openConversation(house, opening({ words: "One." }));
  await openConversation(house, opening({ words: "Two." }));
  expect(await affected(["posts"])).toEqual({ ...before, member: before.member + 2 });
  expect(await affected(["conversations", "concerns"])).toMatchObject({ member: 0, conversation: 2 });
  const asked = house.now();
  await later(1);
  await writer("Came Later");
  expect((await affected(["posts"], asked)).member).toBe(before.member + 2);
  expect((await affected(["posts"])).member).toBe(before.member + 3);
  await eraseConversation(house, one.conversationId, "parent");
  expect(await affected(["conversations", "concerns"])).toMatchObject({ conversation: 1 });
  expect((await affectedOnes(house.db, scope, { classes: ["conversations"], until: house.now() })).map(({ id }) => id)).not.toContain(one.conversationId);
});

test("the list for the notice names members by their handle, others by a number, and that it was taken is written down", async () => {
  await writer("Noticed Wren");
  await openConversation(house, opening({ words: "Three." }));
  // "posts" and "conversations" both.
  const form = new URLSearchParams(Object.entries(said({ untilOn: "2026-12-01" })));
  form.append("classes", "conversations");
  const made = await app.request("/privacy/breaches", { method: "POST", body: form, headers: { cookie, host: "localhost:3000", "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } });
  const path = made.headers.get("location") ?? "";
  const answer = await lucia.post(`${path}/people`, {});
  const rows = parse(answer.text, { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.find((row) => row["Name here"] === "Noticed Wren")?.["How they can be told"]).toBe("here, where they sign in");
  const conversations = rows.filter((row) => row["Kind"] === "Conversations");
  expect(conversations.length).toBeGreaterThan(0);
  expect(conversations.every((row) => row["Name here"] === "" && /^[0-9a-f-]{36}$/.test(row["Number"] ?? ""))).toBe(true);
  const { act, subject_id } = await house.db.selectFrom("audit_entries").select(["act", "subject_id"]).orderBy("id", "desc").executeTakeFirstOrThrow();
  expect([act, subject_id]).toEqual(["listed_affected", path.split("/").at(-1)]);
});

test("what was done is added and answers the clock that it is for", async () => {
  const path = await record();
  await house.db.updateTable("network").set({ country: "DE" }).execute();
  expect((await lucia.get(path)).text).toMatch(/GDPR, art\. 33\)<\/p><span class="badge[^"]*badge-accent/);
  expect((await lucia.post(`${path}/steps`, { key: randomUUID(), step: "authority_told", words: "By their form, number 12." })).to).toBe(path);
  const page = (await lucia.get(path)).text;
  for (const words of ["The authority was told", "By their form, number 12.", "done in time", "This record is as it was written"]) expect(page, words).toContain(words);
  await later(100);
  expect((await lucia.get(path)).text).toContain("done in time");
  const late = await record();
  expect((await lucia.get(late)).text).toContain("Do it now");
  await house.db.updateTable("network").set({ country: "US" }).execute();
  await lucia.post(`${path}/steps`, { key: randomUUID(), step: "closed", words: "" });
  expect((await lucia.get("/privacy/breaches")).text).toContain("Closed");
});

test("a record that was changed past the program says so, and the sealed audit keeps its marks", async () => {
  const path = await record();
  const id = path.split("/").at(-1) ?? "";
  await lucia.post(`${path}/steps`, { key: randomUUID(), step: "contained", words: "Stopped." });
  await sealAudit(house, house.now());
  expect((await checkAudit(house, house.now())).wrong).toEqual([]);
  const changes = [
    sql`update breaches set known_at = known_at + interval '3 days' where id = ${id}`,
    sql`update breach_steps set at = at - interval '3 days' where breach_id = ${id}`,
    sql`delete from breach_steps where breach_id = ${id}`,
  ];
  for (const change of changes) {
    const undone = new Error("undone");
    const seen: (boolean | undefined)[] = [];
    const tried = house.db.transaction().execute(async (tx) => {
      await change.execute(tx);
      seen.push((await breachById(tx, house.keys, scope, id))?.asWritten);
      throw undone;
    });
    await expect(tried).rejects.toBe(undone);
    expect(seen).toEqual([false]);
    expect((await lucia.get(path)).text).toContain("This record is as it was written");
  }
});

test("the notice says what happened, when, what it touched and whom to ask, in both languages", async () => {
  await house.db.updateTable("network").set({ privacy_contact: "privacy@lantern.example" }).execute();
  const page = (await lucia.get(await record())).text;
  for (const words of ["We owe you a message", "Te debemos un mensaje", "It touched: What you write in the forum.", "Tocó: Lo que escribes en el foro.", "Ask us: privacy@lantern.example.", "reportfraud.ftc.gov"]) expect(page, words).toContain(words);
  expect(page).toMatch(/between [^.]*November 20[^.]* and [^.]*November 24/);
});

test("what was over on the day on which it began names that day once", async () => {
  const page = (await lucia.get(await record({ untilOn: "2026-11-20" }))).text;
  for (const words of ["It was on November 20, 2026. We learned of it", "Fue el 20 de noviembre de 2026. Lo supimos"]) expect(page, words).toContain(words);
  expect(page).not.toContain("It was between");
});

test("a form that lacks something is shown again with all that was typed", async () => {
  for (const [more, sentence] of [[{ kind: "" }, "Choose what happened."], [{ classes: "" }, "Choose what it touched."], [{ what: " " }, "Say what happened."], [{ fromOn: "2026-11-25" }, "It ends before it begins."], [{ knownOn: "2026-02-30" }, "Give the day."]] as const) {
    const answer = await lucia.post("/privacy/breaches", said({ ...more }));
    expect([answer.status, answer.text.includes(sentence)], sentence).toEqual([422, true]);
    if (!("what" in more)) expect(answer.text).toContain(canary);
  }
});

test("it is for coordinators and supervisors; anybody else finds nothing", async () => {
  const path = await record();
  expect((await browser(app, (await signInAs(house, people.judith)).cookie).get(path)).status).toBe(200);
  for (const who of [people.ana, people.wren, people.noor]) {
    const phone = browser(app, (await signInAs(house, who)).cookie);
    for (const one of ["/privacy/breaches", path]) expect((await phone.get(one)).status).toBe(404);
    expect((await phone.post(`${path}/people`, {})).status).toBe(404);
  }
  expect((await lucia.get(`/privacy/breaches/${randomUUID()}`)).status).toBe(404);
  expect((await lucia.get("/privacy/breaches/nothing")).status).toBe(404);
});
