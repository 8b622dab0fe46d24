import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { makeNetwork } from "../../../network/factory.ts";
import { helplineApp, signedInAs } from "../factory.ts";

const house = await openTestHouse();
await makeNetwork(house);
const app = helplineApp(house);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
const hello = { title: "Hello", en: "I am glad you wrote.", es: "Qué bueno que escribiste." };
const only = () => house.db.selectFrom("phrases").selectAll().where("removed_at", "is", null).executeTakeFirst();

test("without phrases the page invites to write the first", async () => {
  expect((await lucia.page.get("/phrases")).text).toContain("There are no phrases yet.");
});

test("a phrase is added once, however often it is sent, and shown in both languages", async () => {
  await Promise.all([lucia.page.post("/phrases", hello), lucia.page.post("/phrases", hello)]);
  const { text } = await lucia.page.get("/phrases");
  expect(text.match(/I am glad you wrote\./g)).toHaveLength(1);
  expect(text).toContain("Qué bueno que escribiste.");
  expect(text).toContain("Changed by Lucía");
});

test("a phrase that lacks a language is asked for it, and keeps what was typed", async () => {
  const { status, text } = await lucia.page.post("/phrases", { title: "Later", en: "Until later.", es: " " });
  expect(status).toBe(422);
  expect(text).toContain("Write it in Spanish.");
  expect(text).toContain("Until later.");
});

test("is changed, and taken out", async () => {
  const { id = "" } = (await only()) ?? {};
  expect((await lucia.page.get(`/phrases/${id}`)).text).toContain("I am glad you wrote.");
  expect((await lucia.page.post(`/phrases/${id}`, { ...hello, en: "" })).status).toBe(422);
  await lucia.page.post(`/phrases/${id}`, { ...hello, en: "So glad you wrote." });
  expect(await only()).toMatchObject({ en: "So glad you wrote.", edited_by: lucia.id });
  expect((await lucia.page.post(`/phrases/${id}/remove`)).status).toBe(303);
  expect(await only()).toBeUndefined();
  expect((await lucia.page.get(`/phrases/${id}`)).status).toBe(404);
  const acts = await house.db.selectFrom("audit_entries").select("act").where("subject_id", "=", id).orderBy("id").execute();
  expect(acts.map(({ act }) => act)).toEqual(["added_phrase", "edited_phrase", "removed_phrase"]);
});
