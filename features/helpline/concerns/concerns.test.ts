import { afterEach, describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { ConversationId } from "../../../platform/http/scope.ts";
import { aTakenParent, clearTheLine, helplineApp, jobsWaiting, signedInAs } from "../board/factory.ts";
import { endConversation } from "../commands.ts";
import { eraseConversation } from "../erasure/commands.ts";
import { conversationsWaiting } from "../queries.ts";
import { goOffDuty } from "../desk/commands.ts";
import { worksheetAreas, type ConcernId } from "../types.ts";
import { acknowledgeConcern } from "./commands.ts";
import { concernOf } from "./queries.ts";

const house = await openTestHouse();
await furnishTheStreet(house);
const app = helplineApp(house);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const marco = await signedInAs(house, app, "Marco", ["volunteer"]);
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"], "es");

afterEach(() => clearTheLine(house));

const canary = "canary-7731 she told me about the bridge";
const whole = { ...Object.fromEntries(worksheetAreas.map((area) => [area, "no"])), step: "safety_plan", words: canary };
const concernIn = async (id: ConversationId) => house.db.selectFrom("concerns").selectAll().where("conversation_id", "=", id).orderBy("raised_at", "desc").executeTakeFirstOrThrow();
const versionOn = (html: string) => /name="version" value="([^"]*)"/.exec(html)?.[1] ?? "";

async function raised() {
  const parent = await aTakenParent(house, ana.scope);
  await ana.page.post(`${parent.path}/concern/raise`);
  const concern = await concernIn(parent.id);
  return { ...parent, concern: concern.id as ConcernId, page: `${parent.path}/concern` };
}

describe("raising a concern", () => {
  test("before one is raised, the page says what raising does, and raises nothing by itself", async () => {
    const { path, id } = await aTakenParent(house, ana.scope);
    const { status, text } = await ana.page.get(`${path}/concern`);
    expect(status).toBe(200);
    expect(text).toContain("A supervisor is paged at once");
    expect(text).toContain("Nobody outside is called");
    expect(await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", id).execute()).toEqual([]);
  });

  test("marks the danger, writes it into the conversation and pages a supervisor, once however often it is tapped", async () => {
    const { path, id } = await aTakenParent(house, ana.scope);
    const answers = await Promise.all([1, 2, 3].map(() => ana.page.post(`${path}/concern/raise`)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const concern = await concernIn(id);
    expect(await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", id).execute()).toHaveLength(1);
    expect((await jobsWaiting(house, "page-supervisor")).filter(({ payload }) => payload["concernId"] === concern.id)).toHaveLength(1);
    expect(await house.db.selectFrom("conversations").select(["risk", "place"]).where("id", "=", id).executeTakeFirst()).toEqual({ risk: true, place: 0 });
    expect(await house.db.selectFrom("entries").select("kind").where("conversation_id", "=", id).where("kind", "=", "raised").execute()).toHaveLength(1);
  });

  test("puts the parent first in the queue when her volunteer has to go", async () => {
    const { id } = await raised();
    await goOffDuty(house, ana.scope);
    expect((await conversationsWaiting(house.db, ana.scope))[0]?.id).toBe(id);
  });

  test("is not for a volunteer who does not hold the conversation, nor for a coordinator", async () => {
    const { page } = await raised();
    expect((await marco.page.get(page)).status).toBe(404);
    expect((await marco.page.post(page, whole)).status).toBe(404);
    expect((await lucia.page.get(page)).status).toBe(404);
    expect((await judith.page.get(page)).status).toBe(200);
  });
});

describe("the worksheet", () => {
  test("asks each of the seven areas with yes, no and not clear, and says that unwanted thoughts are common", async () => {
    const { page } = await raised();
    const { text } = await ana.page.get(page);
    for (const area of worksheetAreas) for (const answer of ["yes", "no", "not_clear"]) expect(text).toMatch(new RegExp(`type="radio"[^>]*name="${area}"[^>]*value="${answer}"`));
    expect(text).toContain("They are not the same as wanting to act. Say so.");
    const steps = [...text.matchAll(/name="step" value="([a-z_]+)"/g)].map(([, step]) => step);
    expect(steps).toEqual(["stay_and_listen", "safety_plan", "someone_near", "crisis_line_together", "emergency_by_her", "emergency_by_us"]);
  });

  test("keeps what is half done, sealed, and shows it again", async () => {
    const { page, id, desk } = await raised();
    const saved = await ana.page.post(page, { desire: "yes", words: canary, version: "" });
    expect(saved.to).toBe(`${page}?saved`);
    const { text } = await ana.page.get(page);
    expect(text).toContain(canary);
    expect(text).toMatch(/name="desire" value="yes" checked/);
    const row = await concernIn(id);
    expect(row.worksheet_sealed?.toString("latin1")).not.toContain("canary");
    expect((await concernOf(house.db, house.keys, desk))?.worksheet).toEqual({ answers: { desire: "yes" }, words: canary });
  });

  test("does not close half done, says what is missing, and keeps what was typed", async () => {
    const { page, id } = await raised();
    const { status, text } = await ana.page.post(`${page}/close`, { desire: "no", intent: "no", words: canary, version: "" });
    expect(status).toBe(409);
    expect(text).toContain("It is saved, and stays open.");
    expect(text).toContain('href="#capability"');
    expect(text).not.toContain('href="#intent"');
    expect(text).toContain("Choose what happens next.");
    expect(text).toContain("A supervisor says “I have it” first.");
    expect(text).toContain(canary);
    expect((await concernIn(id)).closed_at).toBeNull();
    expect((await ana.page.get(page)).text).toContain(canary);
  });

  test("whole but not acknowledged stays open; acknowledged it closes, and a second tap changes nothing", async () => {
    const { page, id, concern } = await raised();
    expect((await ana.page.post(`${page}/close`, { ...whole, version: "" })).status).toBe(409);
    expect((await judith.page.post(`/desk/concerns/${concern}/acknowledge`)).to).toBe(page);
    const closes = await Promise.all([ana.page.post(`${page}/close`, whole), judith.page.post(`${page}/close`, whole)]);
    expect(closes.map(({ status }) => status)).toEqual([303, 303]);
    const closed = await concernIn(id);
    expect(closed.closed_at).not.toBeNull();
    expect(await house.db.selectFrom("audit_entries").select("id").where("act", "=", "closed_concern").where("subject_id", "=", closed.id).execute()).toHaveLength(1);
    expect((await ana.page.get(page)).text).toContain("Raise a new concern");
  });

  test("saved by two hands, neither is lost: the second is told and sees both", async () => {
    const { page } = await raised();
    const version = versionOn((await ana.page.get(page)).text);
    expect((await judith.page.post(page, { desire: "yes", words: "from Judith", version })).status).toBe(303);
    const clash = await ana.page.post(page, { desire: "no", words: "from Ana", version });
    expect(clash.status).toBe(409);
    expect(clash.text).toContain("Someone else saved this sheet while you wrote.");
    expect(clash.text).toContain("from Judith");
    expect(clash.text).toContain("from Ana");
    expect((await ana.page.post(page, { desire: "no", words: "from Ana", version: versionOn(clash.text) })).status).toBe(303);
    expect((await ana.page.get(page)).text).toContain("from Ana");
  });

  test("the same save sent twice is one save", async () => {
    const { page, concern } = await raised();
    const both = await Promise.all([ana.page.post(page, { desire: "no", version: "" }), ana.page.post(page, { desire: "no", version: "" })]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await house.db.selectFrom("audit_entries").select("id").where("act", "=", "saved_worksheet").where("subject_id", "=", concern).execute()).toHaveLength(1);
  });

  test("an answer that is none, or words that are too long, come back with all that was typed", async () => {
    const { page } = await raised();
    const wrong = await ana.page.post(page, { desire: "perhaps", words: canary, version: "" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("Choose one of the answers.");
    expect(wrong.text).toContain(canary);
    const long = await ana.page.post(page, { words: `${"a ".repeat(50_000)}the end`, version: "" });
    expect(long.status).toBe(422);
    expect(long.text).toContain("a the end");
  });

  test("is an audit row each time it is opened, and none of its words is in the audit", async () => {
    const { page, concern } = await raised();
    await ana.page.post(page, { words: canary, version: "" });
    await judith.page.get(page);
    const rows = await house.db.selectFrom("audit_entries").selectAll().where("subject_id", "=", concern).execute();
    expect(rows.filter((row) => row.act === "opened_concern" && row.member_id === judith.id)).toHaveLength(1);
    expect(JSON.stringify(await house.db.selectFrom("audit_entries").selectAll().execute())).not.toContain("canary");
  });

  test("speaks Spanish to who reads Spanish", async () => {
    const { page } = await raised();
    const pilar = await signedInAs(house, app, "Pilar", ["supervisor"], "es");
    const { text } = await pilar.page.get(page);
    expect(text).toContain("¿El bebé está a salvo en este momento?");
    expect(text).toContain("Me encargo");
    expect(text).not.toContain("I have it");
  });
});

describe("acknowledging", () => {
  test("two supervisors at once: one has it, and both are told who", async () => {
    const { concern, page } = await raised();
    const helga = await signedInAs(house, app, "Helga", ["supervisor"]);
    await Promise.all([judith.page.post(`/desk/concerns/${concern}/acknowledge`), helga.page.post(`/desk/concerns/${concern}/acknowledge`)]);
    const rows = await house.db.selectFrom("audit_entries").select("member_id").where("act", "=", "acknowledged_concern").where("subject_id", "=", concern).execute();
    expect(rows).toHaveLength(1);
    const name = rows[0]?.member_id === helga.id ? "Helga" : "Judith";
    expect((await judith.page.get(page)).text).toContain(`${name} has it`);
  });

  test("a supervisor who raised it herself needs a second person", async () => {
    const parent = await aTakenParent(house, judith.scope);
    await judith.page.post(`${parent.path}/concern/raise`);
    const { id } = await concernIn(parent.id);
    expect(await acknowledgeConcern(house, judith.scope, id as ConcernId)).toEqual({ refused: "raisedItYourself" });
    const { to } = await judith.page.post(`/desk/concerns/${id}/acknowledge`);
    expect((await judith.page.get(to ?? "")).text).toContain("A second person says “I have it”.");
    expect((await lucia.page.post(`/desk/concerns/${id}/acknowledge`)).to).toBe("/board");
    expect((await concernIn(parent.id)).acknowledged_by).toBe(lucia.id);
  });

  test("is not for volunteers, and an unknown concern is not there", async () => {
    const { concern } = await raised();
    expect((await ana.page.post(`/desk/concerns/${concern}/acknowledge`)).status).toBe(404);
    expect((await judith.page.post("/desk/concerns/00000000-0000-4000-8000-000000000000/acknowledge")).status).toBe(404);
    expect((await judith.page.post("/desk/concerns/'--/acknowledge")).status).toBe(404);
  });
});

describe("when the parent goes", () => {
  test("and ends the conversation, a supervisor still works on the concern to its end", async () => {
    const { id, page, concern, desk } = await raised();
    await endConversation(house, { ...desk, as: "parent" } as never);
    expect((await ana.page.get(page)).status).toBe(404);
    await judith.page.post(`/desk/concerns/${concern}/acknowledge`);
    expect((await judith.page.post(`${page}/close`, { ...whole, version: "" })).status).toBe(303);
    expect((await concernIn(id)).closed_by).toBe(judith.id);
  });

  test("and erases it, the words are gone, and the concern closes once a supervisor has seen it", async () => {
    const { id, page, concern } = await raised();
    await ana.page.post(page, { ...whole, version: "" });
    await eraseConversation(house, id, "parent");
    const gone = await judith.page.get(page);
    expect(gone.text).toContain("The parent erased this conversation.");
    expect(gone.text).not.toContain("canary");
    expect((await judith.page.post(`${page}/close`)).status).toBe(409);
    await judith.page.post(`/desk/concerns/${concern}/acknowledge`);
    expect((await judith.page.post(`${page}/close`)).status).toBe(303);
    expect((await concernIn(id)).closed_at).not.toBeNull();
  });
});
