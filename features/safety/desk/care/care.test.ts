import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { within } from "../../../../platform/db/database.ts";
import { browser, signInAs } from "../../../accounts/factory.ts";
import { safetyApp } from "../../factory.ts";
import { safetyJobs } from "../../jobs.ts";
import { claimCase, decideCase } from "../commands.ts";
import { aCase, aModerator } from "../factory.ts";
import { askForOpinion, giveOpinion } from "../opinions/commands.ts";
import { mineOf } from "./queries.ts";

const house = await openTestHouse();
const app = safetyApp(house);
const moderator = async (name: string, roles: Parameters<typeof aModerator>[2] = ["moderator"]) => {
  const one = await aModerator(house, name, roles);
  return { ...one, page: browser(app, one.cookie) };
};
const reads = async (who: Awaited<ReturnType<typeof moderator>>, priority: 0 | 1 | 2 | 3) => decideCase(house, who.scope, await aCase(house, { priority }), { decision: "approve" });
const mine = (who: Awaited<ReturnType<typeof moderator>>) => mineOf(house.db, who.scope, house.now());

describe("what a moderator carries", () => {
  test("is counted once for each thing that she read to its end, an opinion, too", async () => {
    const [wren, pilar] = [await moderator("Wren"), await moderator("Pilar")];
    const id = await aCase(house, { priority: 1 });
    await askForOpinion(house, wren.scope, id, "What do you think?");
    await giveOpinion(house, pilar.scope, id, { would: "approve", words: "" });
    await Promise.all([decideCase(house, wren.scope, id, { decision: "approve" }), decideCase(house, wren.scope, id, { decision: "approve" })]);
    expect([(await mine(wren)).load.points, (await mine(pilar)).load.points]).toEqual([5, 5]);
    expect((await mine(wren)).week).toMatchObject({ read: 1, points: 5, byPriority: expect.arrayContaining([{ priority: 1, read: 1 }]) });
  });

  test("tells her to rest from twenty points on, and a rest lays it down", async () => {
    const wren = await moderator("Wren");
    for (let turn = 0; turn < 3; turn++) await reads(wren, 0);
    expect((await wren.page.get("/safety")).text).toContain("Half an hour away does good.");
    expect((await wren.page.post("/safety/mine/rest")).to).toBe("/safety");
    await wren.page.post("/safety/mine/rest");
    expect((await wren.page.get("/safety")).text).toContain("You are resting until");
    house.passTime({ minutes: 31 });
    const { text } = await wren.page.get("/safety");
    expect(text).not.toContain("You are resting");
    expect(text).not.toContain("does good");
    expect((await mine(wren)).week.breaks).toBe(1);
  });

  test("from thirty points on leaves only what cannot wait for her to take, and what she has already to bring to its end", async () => {
    const wren = await moderator("Wren");
    const held = await aCase(house);
    await claimCase(house, wren.scope, held);
    for (let turn = 0; turn < 4; turn++) await reads(wren, 0);
    const next = await aCase(house, { priority: 1 });
    expect(await claimCase(house, wren.scope, next)).toEqual({ refused: "restFirst" });
    expect(await decideCase(house, wren.scope, next, { decision: "approve" })).toEqual({ refused: "restFirst" });
    expect((await wren.page.post(`/safety/cases/${next}/claim`)).text).toContain("You have carried a lot.");
    expect(await decideCase(house, wren.scope, held, { decision: "approve" })).toEqual(expect.any(String));
    expect(await claimCase(house, wren.scope, await aCase(house, { priority: 0 }))).toBe("taken");
  });

  test("is shown to her, and by the wall to no colleague and no supervisor", async () => {
    const [wren, judith] = [await moderator("Wren"), await moderator("Judith", ["supervisor"])];
    await reads(wren, 0);
    await wren.page.post("/safety/mine/how", { how: "shaken" });
    await wren.page.post("/safety/mine/topics", { topics: ["self_harm"] });
    await wren.page.post("/safety/mine/rest");
    for (const table of ["exposures", "moderator_debriefs", "moderator_topics", "moderator_breaks"] as const) {
      const owners = async (who: typeof wren) => new Set((await within(house.db, who.scope).selectFrom(table).select("member_id").execute()).map(({ member_id }) => member_id));
      expect(await owners(wren), table).toEqual(new Set([wren.id]));
      expect(await owners(judith), table).toEqual(new Set());
    }
    expect((await judith.page.get("/safety/mine")).text).toContain("0 points");
  });
});

test("what she leaves to others leaves her list, and nobody else's; what is most urgent stays", async () => {
  const [wren, pilar] = [await moderator("Wren"), await moderator("Pilar")];
  const left = await aCase(house, { reason: "signal", priority: 1, why: ["despair"] });
  const urgent = await aCase(house, { reason: "signal", priority: 0, why: ["despair"] });
  expect((await wren.page.post("/safety/mine/topics", { topics: ["despair"] })).to).toBe("/safety/mine?done");
  const hers = (await wren.page.get("/safety")).text;
  expect(hers).not.toContain(left);
  expect(hers).toContain(urgent);
  expect(hers).toContain("1 case is about something that you leave to others.");
  expect((await pilar.page.get("/safety")).text).toContain(left);
  expect((await wren.page.get("/safety/mine")).text).toMatch(/value="despair" checked/);
  expect((await wren.page.post("/safety/mine/topics", { topics: ["everything"] })).status).toBe(422);
  await wren.page.post("/safety/mine/topics");
  expect((await wren.page.get("/safety")).text).toContain(left);
});

test("after something heavy she is asked how she is; a wish to talk reaches a supervisor, and nothing else of it", async () => {
  const [wren, judith] = [await moderator("Wren"), await moderator("Judith", ["supervisor"])];
  expect((await wren.page.get("/safety/mine")).text).not.toContain("That was heavy.");
  await reads(wren, 1);
  expect((await wren.page.get("/safety/mine")).text).toContain("That was heavy. How are you?");
  expect((await wren.page.post("/safety/mine/how", {})).status).toBe(422);
  expect((await wren.page.post("/safety/mine/how", { how: "shaken", wantsTalk: "yes" })).to).toBe("/safety/mine?done");
  house.passTime({ minutes: 1 });
  expect((await wren.page.get("/safety/mine")).text).not.toContain("That was heavy.");
  const { text } = await judith.page.get("/safety");
  expect(text).toContain("I talk with Wren");
  expect(text).not.toContain("shaken");
  expect((await wren.page.get("/safety")).text).not.toContain("I talk with Wren");
  const wish = /\/safety\/wishes\/([0-9a-f-]{36})/.exec(text)?.[1] ?? "";
  expect((await wren.page.post(`/safety/wishes/${wish}`)).status).toBe(404);
  await judith.page.post(`/safety/wishes/${wish}`);
  expect((await judith.page.get("/safety")).text).not.toContain("I talk with Wren");
});

test("a note for who comes next is sealed, stands on the desk for a day, and then goes", async () => {
  const [wren, pilar] = [await moderator("Wren"), await moderator("Pilar")];
  const long = await wren.page.post("/safety/handover", { handover: `A long night. ${"x".repeat(2000)}` });
  expect([long.status, long.text.includes("A long night."), long.text.includes("That is too long.")]).toEqual([422, true, true]);
  await wren.page.post("/safety/handover", { handover: "Two long nights in the loss space." });
  const row = await house.db.selectFrom("desk_handovers").selectAll().execute();
  expect(row).toHaveLength(1);
  expect(row[0]?.note_sealed.includes("nights")).toBe(false);
  expect((await pilar.page.get("/safety")).text).toContain("Two long nights in the loss space.");
  house.passTime({ hours: 25 });
  const nextDay = await browser(app, (await signInAs(house, pilar.id)).cookie).get("/safety");
  expect([nextDay.status, nextDay.text.includes("Two long nights")]).toEqual([200, false]);
  await safetyJobs(house, () => Promise.resolve("sent"))["forget-care"]?.({});
  expect(await house.db.selectFrom("desk_handovers").select("id").execute()).toEqual([]);
});
