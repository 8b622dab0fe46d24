import { beforeEach, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { makeMember } from "../../accounts/factory.ts";
import { forgetCases } from "./commands.ts";
import { aModerator } from "./factory.ts";

const house = await openTestHouse();
await house.db.insertInto("network").values({ name: "Lantern Street", host_organisation: "Lantern Street", country: "US", zone: "UTC", languages: ["en"], audit_days: 100 }).execute();
const wren = await aModerator(house, "Wren");
const author = await makeMember(house, ["member"]);
const before = (days: number): Instant => house.now().subtract({ hours: days * 24 });

beforeEach(() => house.db.deleteFrom("cases").execute());

/** A case that was decided so many days ago, and on which nothing waits. */
async function closed(days: number) {
  const at = before(days);
  const { id } = await house.db.insertInto("cases").values({ subject_kind: "post", subject_id: crypto.randomUUID(), author_member: author, priority: 2, opened_at: at }).returning("id").executeTakeFirstOrThrow();
  const { id: decision } = await house.db.insertInto("case_decisions").values({ case_id: id, decision: "remove", rule: "kind", member_id: wren.id, by_role: "moderator", priority: 2, at }).returning("id").executeTakeFirstOrThrow();
  await house.db.insertInto("case_reasons").values({ case_id: id, reason: "held", priority: 2, why: [], at, answered_at: at, decision_id: decision }).execute();
  return { id, decision, at };
}
const left = async () => (await house.db.selectFrom("cases").select("id").execute()).map(({ id }) => id);

test("a closed case goes when the days of the log are over, with all that hangs on it, and not a day before", async () => {
  const [, young] = [await closed(101), await closed(99)];
  await forgetCases(house);
  expect(await left()).toEqual([young.id]);
  for (const table of ["case_decisions", "case_reasons"] as const) expect(await house.db.selectFrom(table).select("case_id").execute()).toEqual([{ case_id: young.id }]);
});

const strike = (one: Awaited<ReturnType<typeof closed>>, kind: string, more: { at?: Instant; ends_at?: Instant; lifted_at?: Instant } = {}) =>
  house.db.insertInto("strikes").values({ case_id: one.id, decision_id: one.decision, author_member: author, kind, rule: "kind", given_by: wren.id, by_role: "moderator", at: one.at, ...more }).execute();
const look = (one: Awaited<ReturnType<typeof closed>>, more: { ends_at?: Instant; review_due_at?: Instant; was_right?: boolean } = {}) =>
  house.db.insertInto("looks").values({ case_id: one.id, what: "words", reason: "danger", asked_by: wren.id, by_role: "moderator", asked_at: one.at, ...more }).execute();

type Keeps = (one: Awaited<ReturnType<typeof closed>>) => Promise<unknown>;
test.each<[string, boolean, Keeps]>([
  ["something waits on it", true, (one) => house.db.updateTable("cases").set({ waiting_since: one.at }).where("id", "=", one.id).execute()],
  ["somebody has it", true, (one) => house.db.insertInto("case_claims").values({ case_id: one.id, member_id: wren.id, taken_at: one.at, seen_at: one.at }).execute()],
  ["it was decided again since", true, (one) => house.db.insertInto("case_decisions").values({ case_id: one.id, decision: "put_back", member_id: wren.id, by_role: "moderator", priority: 2, at: before(1) }).execute()],
  ["an appeal is open", true, (one) => house.db.insertInto("case_appeals").values({ case_id: one.id, decision_id: one.decision, made_at: one.at }).execute()],
  ["a pause is in force", true, (one) => strike(one, "pause", { ends_at: house.now().add({ hours: 24 }) })],
  ["a pause is over since long", false, (one) => strike(one, "pause", { ends_at: one.at.add({ hours: 1 }) })],
  ["somebody was asked to leave", true, (one) => strike(one, "leave")],
  ["the leave was lifted since long", false, (one) => strike(one, "leave", { lifted_at: one.at })],
  ["a look waits for its review", true, (one) => look(one, { ends_at: one.at, review_due_at: one.at })],
  ["a look was reviewed since long", false, (one) => look(one, { ends_at: one.at, review_due_at: one.at, was_right: true })],
])("of an old case: %s (it stays: %s)", async (_what, stays, keeps) => {
  const one = await closed(200);
  await keeps(one);
  await forgetCases(house);
  expect(await left()).toEqual(stays ? [one.id] : []);
});
