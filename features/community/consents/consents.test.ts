import { expect, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { settleMember } from "../factory.ts";

const house = await openTestHouse();
await furnishTheStreet(house);
const app = createApp(house);

async function aMember(name: string) {
  const { id, cookie } = await makeSignedIn(house, ["member"], { name });
  await settleMember(house, id, name);
  return { id, phone: browser(app, cookie) };
}
const keyIn = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? "";
const sharedBy = (id: string) => house.db.selectFrom("consents").select(["wording", "given_at", "withdrawn_at"]).where("member_id", "=", id).where("kind", "=", "share").execute();

test("what she said yes to stands with its sentence; keeping and giving away apart, and taking the first back is leaving", async () => {
  const { id, phone } = await aMember("Agreeing Wren");
  await house.db.insertInto("consents").values({ member_id: id, kind: "collect", wording: "Keep what I write here.", given_at: house.now() }).execute();
  const page = (await phone.get("/community/consents")).text;
  for (const said of ["Keep what I write here.", "Yes on", "nobody gets anything", "To take it back is to leave"]) expect(page).toContain(said);
});

test("a yes to give something away names one receiver and what, is kept as she read it, and is taken back by a button", async () => {
  const { id, phone } = await aMember("Sharing Wren");
  const key = keyIn((await phone.get("/community/consents")).text);
  expect(await sharedBy(id), "nothing is shared from the start").toEqual([]);
  const yes = { key, whom: "Dr. Vega’s clinic", what: "reach" };
  await Promise.all([phone.post("/community/consents", yes), phone.post("/community/consents", yes), phone.post("/community/consents", yes)]);
  const wording = "You may give this to Dr. Vega’s clinic, and to nobody else: how to reach me.";
  expect(await sharedBy(id), "the form that is sent thrice is one yes").toEqual([{ wording, given_at: house.now(), withdrawn_at: null }]);
  const page = (await phone.get("/community/consents")).text;
  expect(page).toContain(wording);
  const [end = ""] = /\/community\/consents\/[0-9a-f-]+\/end/.exec(page) ?? [];
  house.passTime({ hours: 1 });
  const other = await aMember("Other Wren");
  expect((await other.phone.post(end, {})).status, "it is hers alone to take back").toBe(404);
  expect((await phone.post(end, {})).to).toBe("/community/consents");
  expect((await sharedBy(id))[0]?.withdrawn_at).toEqual(house.now());
  expect((await phone.get("/community/consents")).text).toContain("Taken back on");
  expect((await phone.post(end, {})).status).toBe(404);
});

test("a yes to nobody, or to nothing, is no yes, and what was typed stays", async () => {
  const { id, phone } = await aMember("Careful Wren");
  const key = keyIn((await phone.get("/community/consents")).text);
  for (const [typed, sentence] of [[{ key, whom: " " , what: "words" }, "Say to whom."], [{ key, whom: "My midwife" }, "Choose what."]] as const) {
    const answer = await phone.post("/community/consents", typed);
    expect([answer.status, answer.text.includes(sentence)]).toEqual([422, true]);
  }
  expect((await phone.post("/community/consents", { key, whom: "My midwife" })).text).toContain('value="My midwife"');
  expect(await sharedBy(id)).toEqual([]);
});

test("the yes to keep what she writes is not ended by the button of another kind", async () => {
  const { id, phone } = await aMember("Steady Wren");
  const { id: collect } = await house.db.insertInto("consents").values({ member_id: id, kind: "collect", wording: "Keep it.", given_at: house.now() }).returning("id").executeTakeFirstOrThrow();
  expect((await phone.post(`/community/consents/${collect}/end`, {})).status).toBe(404);
});
