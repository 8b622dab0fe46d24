import { sql } from "kysely";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import type { Call } from "../../../../platform/delivery/notify.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { makeSignedIn } from "../../../accounts/factory.ts";
import { jobsWaiting } from "../../../helpline/board/factory.ts";
import { groupsJobs } from "../../jobs.ts";
import { endSeries } from "../changing/commands.ts";
import { sayAbsent } from "../covers/commands.ts";
import { aProposal, groupOf, makeFacilitator, propose } from "../factory.ts";
import { approveSeries, proposeAgain, sendBack } from "../proposing/commands.ts";

const house = await openTestHouse();
house.setClock("2026-11-24T18:00:00Z");
const lucia = await makeSignedIn(house, ["coordinator"], { name: "Lucía" });
const [noor, tomas, ana] = await Promise.all(["Noor", "Tomás", "Ana"].map((name) => makeFacilitator(house, lucia.scope, name)));
if (!noor || !tomas || !ana) throw new Error("nobody leads");
await makeSignedIn(house, ["facilitator"], { name: "Untrained" });
await makeSignedIn(house, ["volunteer"]);
const names = new Map([lucia, noor, tomas, ana].map(({ id }, at) => [id, ["Lucía", "Noor", "Tomás", "Ana"][at] ?? ""]));

/** Runs what is queued, and says who was called with what. */
async function called(): Promise<{ who: string[]; title: string; call: Call }[]> {
  const calls: { who: string[]; title: string; call: Call }[] = [];
  const jobs = groupsJobs(house, async (ids: readonly MemberId[], call) => void calls.push({ who: ids.map((id) => names.get(id) ?? "somebody else").sort(), title: call.en.title, call }));
  for (const { payload } of await jobsWaiting(house, "tell-staff")) await jobs["tell-staff"]?.(payload);
  await sql`delete from graphile_worker._private_jobs`.execute(house.db);
  return calls;
}

test("whoever has to do something next is told that, once, by words that say nothing of a group", async () => {
  const id = await propose(house, noor.scope, aProposal([noor.id, tomas.id]));
  expect(await called()).toMatchObject([{ who: ["Lucía"], title: "A group waits for your yes" }]);
  await sendBack(house, lucia.scope, id, house.now(), "Could it be earlier?");
  expect(await called()).toMatchObject([{ who: ["Noor", "Tomás"], title: "There is an answer to your group" }]);
  house.passTime({ minutes: 1 });
  await proposeAgain(house, noor.scope, id, aProposal([noor.id, tomas.id]));
  await called();
  expect(await approveSeries(house, lucia.scope, id, house.now())).toBeUndefined();
  const answers = await called();
  expect(answers).toMatchObject([{ who: ["Noor", "Tomás"], title: "There is an answer to your group" }]);
  const { series, sessions: [session] } = await groupOf(house, id);
  expect(JSON.stringify(answers)).not.toContain(series.kind.name.en);
  // He cannot that day: she who is trained and does not lead it anyway is asked.
  expect(session && (await sayAbsent(house, tomas.scope, session.id))).toBeUndefined();
  expect(await called()).toMatchObject([{ who: ["Ana"], title: "Somebody is wanted for an evening" }]);
  // Nobody is left who could: whoever looks after groups is.
  await house.db.deleteFrom("facilitator_trainings").where("member_id", "=", ana.id).execute();
  expect(session && (await sayAbsent(house, noor.scope, session.id))).toBeUndefined();
  expect(await called()).toMatchObject([{ who: ["Lucía"], title: "Somebody is wanted for an evening", call: { path: "/evenings" } }]);
});

test("whose proposal is put aside is told that there is an answer, and where", async () => {
  const id = await propose(house, noor.scope, aProposal([noor.id, tomas.id]));
  await called();
  expect(await endSeries(house, lucia.scope, id, { reason: "Two of this kind meet already." })).toBeUndefined();
  expect(await called()).toMatchObject([{ who: ["Noor", "Tomás"], title: "There is an answer to your group", call: { path: `/evenings/series/${id}` } }]);
});

test("who leads a group is told that it ends, at once or on a last day; who ends it knows", async () => {
  for (const lastDay of [undefined, Temporal.PlainDate.from("2026-12-31")]) {
    const id = await propose(house, noor.scope, aProposal([noor.id, tomas.id]));
    await approveSeries(house, lucia.scope, id, house.now());
    await called();
    expect(await endSeries(house, lucia.scope, id, { reason: "The holidays.", lastDay })).toBeUndefined();
    expect((await called()).filter(({ title }) => title === "A group of yours ends")).toMatchObject([{ who: ["Noor", "Tomás"], call: { path: `/evenings/series/${id}` } }]);
  }
});
