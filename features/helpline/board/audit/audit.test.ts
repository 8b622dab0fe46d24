import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { audit } from "../../../../platform/audit/audit.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { aTakenParent, helplineApp, signedInAs } from "../factory.ts";

const house = await openTestHouse();
await makeNetwork(house);
const app = helplineApp(house);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const rowsOn = (html: string) => html.match(/<li class="rounded-box/g)?.length ?? 0;

test("shows who did what, newest first, in sentences", async () => {
  const { path } = await aTakenParent(house, ana.scope);
  await ana.page.post(`${path}/concern/raise`);
  const { text } = await lucia.page.get("/board/audit");
  expect(text.indexOf("Raised a concern")).toBeGreaterThan(0);
  expect(text.indexOf("Raised a concern")).toBeLessThan(text.lastIndexOf("Went on duty"));
});

test("narrows to one conversation with its concern, and the search is posted and written down", async () => {
  const { id, path } = await aTakenParent(house, ana.scope);
  await ana.page.post(`${path}/concern/raise`);
  await judith.page.get(`${path}/concern`);
  const { status, text } = await lucia.page.post("/board/audit", { conversation: id.slice(0, 8).toUpperCase(), member: "" });
  expect(status).toBe(200);
  expect(text).toContain("Opened the concern");
  expect(rowsOn(text)).toBe(3);
  expect((await house.db.selectFrom("audit_entries").select("subject_id").where("act", "=", "searched_audit").execute()).map(({ subject_id }) => subject_id)).toEqual([id.slice(0, 8)]);
});

test("narrows to one member: what she did, and what was done about her", async () => {
  const { text } = await lucia.page.post("/board/audit", { member: judith.id, conversation: "" });
  expect(text).toContain("Opened the concern");
  expect(text).toContain("Made a member");
  expect(text).not.toContain("Raised a concern");
});

test("a number that is none comes back with a sentence; one that nobody knows finds nothing", async () => {
  const wrong = await lucia.page.post("/board/audit", { conversation: "12' or 1=1", member: "" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("That is not the number of a conversation.");
  expect((await lucia.page.post("/board/audit", { conversation: "00000000-0000-4000-8000-000000000000" })).text).toContain("Nothing is written down for that.");
});

test("turns pages without a gap or a double", async () => {
  for (let turn = 0; turn < 120; turn++) await audit(house.db, { memberId: ana.id, act: "went_on_duty", subjectKind: "member", subjectId: ana.id });
  let text = (await lucia.page.post("/board/audit", { member: ana.id })).text;
  const sizes = [rowsOn(text)];
  for (let before = /name="before" value="(\d+)"/.exec(text)?.[1]; before; before = /name="before" value="(\d+)"/.exec(text)?.[1]) {
    text = (await lucia.page.post("/board/audit", { member: ana.id, before })).text;
    sizes.push(rowsOn(text));
  }
  const { all } = await house.db
    .selectFrom("audit_entries")
    .select(({ fn }) => fn.countAll<number>().as("all"))
    .where("act", "!=", "searched_audit")
    .where((is) => is.or([is("member_id", "=", ana.id), is("subject_id", "=", ana.id)]))
    .executeTakeFirstOrThrow();
  expect(sizes.slice(0, 2)).toEqual([50, 50]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Number(all));
});

test("an act without a sentence is shown by its own name", async () => {
  await audit(house.db, { memberId: undefined, act: "watered_the_plants", subjectKind: "network", subjectId: undefined });
  expect((await lucia.page.get("/board/audit")).text).toContain("watered the plants");
});
