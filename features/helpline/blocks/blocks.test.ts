import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { clearTheLine, signedInAs } from "../board/factory.ts";
import { goOnDuty, takeConversation } from "../desk/commands.ts";
import { eraseWhatIsDue } from "../erasure/commands.ts";
import { aParent } from "../factory.ts";
import type { ConversationId } from "../types.ts";

const house = await openTestHouse({ TRUSTED_PROXIES: "1" });
await furnishTheStreet(house);
const app = createApp(house);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const marco = await signedInAs(house, app, "Marco", ["volunteer"], "es");
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
afterEach(() => clearTheLine(house));

const phone = "Mozilla/5.0 (iPhone)";
let lines = 0;
const aLine = () => `203.0.113.${(lines += 1)}`;

type From = { readonly line: string; readonly agent?: string; readonly language?: string; readonly cookie?: string };

/** Somebody at a browser, on a line, without scripts. */
async function asks(path: string, { line, agent = phone, language = "en", cookie = "" }: From, form?: Record<string, string>) {
  const headers = { "x-forwarded-for": line, "user-agent": agent, "accept-language": language, cookie, "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.request(path, form ? { method: "POST", headers, body: new URLSearchParams(form).toString() } : { headers });
  const set = answer.headers.getSetCookie().find((one) => one.startsWith("__Host-conversation="));
  return { status: answer.status, to: answer.headers.get("location"), text: await answer.text(), cookie: set?.split(";")[0] ?? cookie };
}

const opens = (from: From, key: string = randomUUID()) => {
  house.passTime({ seconds: 1 });
  return asks("/message", from, { key, words: "canary-words-7741", danger: "skip" });
};
const newest = async () => (await house.db.selectFrom("conversations").select("id").orderBy("opened_at", "desc").orderBy("id").executeTakeFirstOrThrow()).id as ConversationId;
const howMany = async () => (await house.db.selectFrom("conversations").select("id").execute()).length;

/** An opener whom Ana has taken, and the page on which she may block. */
async function taken(from: From, key?: string) {
  const opened = await opens(from, key);
  expect(opened.to).toBe("/conversation");
  const id = await newest();
  await goOnDuty(house, ana.scope, { languages: ["en", "es"], cap: 10, hours: 8 });
  await takeConversation(house, ana.scope, id);
  return { id, cookie: opened.cookie, path: `/desk/conversations/${id}/block` };
}

async function blocked(from: From, hours: "1" | "24" = "1", key?: string) {
  const one = await taken(from, key);
  expect((await ana.page.post(one.path, { reason: "sexual", hours })).to).toBe(one.path);
  return one;
}

describe("whoever is blocked", () => {
  test("opens nothing new until the block ends by itself, and is told until when", async () => {
    const from = { line: aLine() };
    await blocked(from);
    const before = await howMany();
    const { status, text } = await opens(from);
    expect(status).toBe(403);
    expect(text).toContain("paused until Tuesday, November 24 at 4:00 AM (Pacific Time)");
    expect((await asks("/message", from)).status).toBe(403);
    expect(await howMany()).toBe(before);
    house.passTime({ minutes: 61 });
    expect((await asks("/message", from)).status).toBe(200);
    expect((await opens(from)).to).toBe("/conversation");
  });

  test("still sees the crisis numbers, there and on the help pages", async () => {
    const from = { line: aLine(), language: "en-US" };
    await blocked(from);
    const { text } = await opens(from);
    expect(text).toContain('href="tel:988"');
    expect(text).toContain('href="/help"');
    expect(text).not.toMatch(/abus|insult|sexual/i);
    const help = await asks("/help/us", from);
    expect([help.status, help.text.includes("988")]).toEqual([200, true]);
  });

  test("comes back to the conversation and goes on writing", async () => {
    const line = aLine();
    const { cookie, id } = await blocked({ line });
    expect((await asks("/conversation", { line, cookie })).status).toBe(200);
    expect((await asks("/conversation/messages", { line, cookie }, { key: randomUUID(), words: "I am sorry." })).to).toBe("/conversation#words");
    const said = await house.db.selectFrom("entries").select("seq").where("conversation_id", "=", id).where("author", "=", "parent").where("kind", "=", "message").execute();
    expect(said).toHaveLength(2);
    expect((await asks("/back", { line })).status).toBe(200);
  });

  test("whose first answer was lost gets to that conversation by the same form", async () => {
    const [from, key] = [{ line: aLine() }, randomUUID()];
    const { cookie } = await blocked(from, "1", key);
    const again = await opens(from, key);
    expect(again.to).toBe("/conversation");
    expect(again.cookie).not.toBe(cookie);
  });

  test("is told so in Spanish, and may send the same words again from another connection", async () => {
    const from = { line: aLine(), language: "es-MX,es;q=0.9" };
    await blocked(from);
    const { text } = await opens(from);
    expect(text).toContain("Por ahora no puedes empezar otra conversación desde aquí");
    expect(text).toContain("datos móviles en vez de wifi");
    expect(text).toMatch(/<input type="hidden" name="words" value="canary-words-7741"/);
  });

  test("is that browser on that line alone", async () => {
    const line = aLine();
    await blocked({ line });
    expect((await opens({ line, agent: "Mozilla/5.0 (Android)" })).to).toBe("/conversation");
    expect((await opens({ line: aLine() })).to).toBe("/conversation");
  });
});

describe("blocking", () => {
  test("is a row with who, when, why and until, and an audit entry; never an address", async () => {
    const line = aLine();
    const at = house.now();
    const { id } = await blocked({ line }, "24");
    const row = await house.db.selectFrom("blocks").selectAll().where("conversation_id", "=", id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ made_by: ana.id, reason: "sexual", lifted_at: null });
    expect(row.expires_at.since(row.made_at).total("hours")).toBe(24);
    expect(row.made_at.since(at).total("minutes")).toBeLessThan(1);
    expect(row.fingerprint).toHaveLength(32);
    expect(row.fingerprint?.includes(line)).toBe(false);
    const audits = await house.db.selectFrom("audit_entries").select(["act", "reason"]).where("subject_id", "=", id).where("member_id", "=", ana.id).where("act", "=", "blocked_opener").execute();
    expect(audits).toEqual([{ act: "blocked_opener", reason: "block_sexual block_24" }]);
  });

  test("asks why and for how long, and keeps what was chosen", async () => {
    const { path } = await taken({ line: aLine() });
    const { status, text } = await ana.page.post(path, { reason: "abuse", hours: "8760" });
    expect(status).toBe(422);
    expect(text).toContain("Choose for how long.");
    expect(text).toMatch(/value="abuse"[^>]*checked/);
    expect((await ana.page.post(path, { hours: "1" })).text).toContain("Choose why.");
    expect(await house.db.selectFrom("blocks").select("id").where("conversation_id", "=", path.split("/")[3] ?? "").execute()).toEqual([]);
  });

  test("is for the volunteer who holds the conversation, and for any supervisor, also once it has ended", async () => {
    const from = { line: aLine() };
    const { path, cookie } = await taken(from);
    expect((await ana.page.get(path.replace("/block", ""))).text).toContain(path);
    expect((await marco.page.get(path)).status).toBe(404);
    expect((await marco.page.post(path, { reason: "abuse", hours: "1" })).status).toBe(404);
    expect((await lucia.page.get(path)).status).toBe(404);
    await asks("/conversation/end", { ...from, cookie }, {});
    expect((await ana.page.get(path)).status).toBe(404);
    expect((await judith.page.post(path, { reason: "abuse", hours: "1" })).to).toBe(path);
    expect((await opens(from)).status).toBe(403);
  });

  test("twice is once: the page says who has done it", async () => {
    const { path, id } = await blocked({ line: aLine() });
    expect((await judith.page.post(path, { reason: "abuse", hours: "24" })).to).toBe(path);
    expect((await judith.page.get(path)).text).toContain("Sexual talk. Blocked by Ana until");
    expect(await house.db.selectFrom("blocks").select("id").where("conversation_id", "=", id).execute()).toHaveLength(1);
  });

  test("can't be done where nothing tells the browser from others", async () => {
    const parent = await aParent(house);
    await takeConversation(house, ana.scope, parent.conversationId);
    const path = `/desk/conversations/${parent.conversationId}/block`;
    expect((await ana.page.get(path)).text).toContain("Nothing tells us any more");
    expect((await ana.page.post(path, { reason: "abuse", hours: "1" })).status).toBe(409);
  });
});

describe("the board", () => {
  test("lists who is blocked and until when, and lets supervisors and coordinators lift it", async () => {
    const from = { line: aLine() };
    await blocked(from, "24");
    const { text } = await judith.page.get("/board");
    expect(text).toMatch(/<h2[^>]*>Blocked for a time/);
    expect(text).toContain("Sexual talk. Blocked by Ana until");
    const lift = /action="(\/board\/blocks\/[^"]+\/lift)"/.exec(text)?.[1] ?? "";
    expect((await ana.page.post(lift)).status).toBe(404);
    expect((await opens(from)).status).toBe(403);
    house.told.length = 0;
    expect((await lucia.page.post(lift)).to).toBe("/board");
    expect(house.told).toContain("helpline/board");
    expect((await judith.page.get("/board")).text).not.toContain(lift);
    expect((await opens(from)).to).toBe("/conversation");
    expect(await house.db.selectFrom("audit_entries").select("id").where("act", "=", "lifted_block").where("member_id", "=", lucia.id).execute()).toHaveLength(1);
    expect((await lucia.page.get("/board/audit")).text).toContain("Lifted a block");
  });

  test("is quiet about blocks while there is none", async () => {
    await house.db.updateTable("blocks").set({ expires_at: house.now() }).execute();
    expect((await judith.page.get("/board")).text).not.toMatch(/<h2[^>]*>Blocked for a time/);
  });
});

test("after a day nothing says where a conversation was opened from, nor whom a block met", async () => {
  const { id, path } = await blocked({ line: aLine() }, "24");
  const { id: erased, cookie } = await taken({ line: aLine() });
  const origins = () => house.db.selectFrom("conversation_origins").select("conversation_id").where("conversation_id", "in", [id, erased]).execute();
  await asks("/conversation/erase", { line: aLine(), cookie }, {});
  expect((await origins()).map(({ conversation_id }) => conversation_id)).toEqual([id]);
  house.passTime({ hours: 23 });
  await eraseWhatIsDue(house);
  expect(await origins()).toHaveLength(1);
  house.passTime({ hours: 1 });
  await eraseWhatIsDue(house);
  expect(await origins()).toEqual([]);
  expect(await house.db.selectFrom("blocks").select(["fingerprint", "reason"]).where("conversation_id", "=", id).execute()).toEqual([{ fingerprint: null, reason: "sexual" }]);
  const nextDay = await signedInAs(house, app, "Judith", ["supervisor"]);
  expect((await nextDay.page.get(path)).text).toContain("Nothing tells us any more");
});
