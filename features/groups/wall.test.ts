import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { within } from "../../platform/db/database.ts";
import { eveningScope, type StaffScope } from "../../platform/http/scope.ts";
import { makeSignedIn } from "../accounts/factory.ts";
import { eveningOf } from "./evening/queries.ts";
import { aFullEvening, aSeat, makeGroup, nextSession } from "./factory.ts";
import { messageTimes } from "./messages/queries.ts";
import { sessionWith } from "./series/queries.ts";
import type { SessionId } from "./types.ts";

const house = await openTestHouse();
const [lea, tomas, lucia] = [await makeSignedIn(house, ["facilitator"], { name: "Lea" }), await makeSignedIn(house, ["facilitator"], { name: "Tomás" }), await makeSignedIn(house, ["coordinator"], { name: "Lucía" })];
const [{ sessionId }] = await aFullEvening(house, lea.id, ["Robin", "Sky"]);
const session = await sessionWith(house.db, sessionId as SessionId);
if (!session) throw new Error("There is no meeting.");

const at = ({ member }: StaffScope, leads = true) => within(house.db, eveningScope(member, sessionId, leads));
const guests = async (scope: StaffScope, leads = true) => (await eveningOf(at(scope, leads), session, house.now())).guests.map(({ alias }) => alias).sort();
const everybody = ["Robin", "Sky"];
const covers = (member_id: string, kind: "covers" | "absent") => house.db.insertInto("session_covers").values({ session_id: sessionId, member_id, kind, at: house.now() }).execute();
const inTheWall = ["seats", "evening_keys", "evening_presence", "evening_turns", "evening_lines", "evening_sides", "evening_marks", "evening_small_rooms", "session_messages"];
const rows = async (table: string, scope: StaffScope, leads = true) => (await sql`select from ${sql.table(table)}`.execute(at(scope, leads))).rows.length;

beforeEach(async () => {
  await house.db.deleteFrom("session_covers").execute();
  await house.db.updateTable("series_facilitators").set({ until: null }).execute();
});

describe("behind the wall a facilitator", () => {
  test("is shown the meeting that she leads, and a note that is to the facilitators", async () => {
    expect(await guests(lea.scope)).toEqual(everybody);
    for (const table of inTheWall) expect(await rows(table, lea.scope), table).toBeGreaterThan(0);
    const notes = await at(lea.scope).selectFrom("evening_lines").select("seat_id").where("to_facilitators", "=", true).execute();
    expect(notes).toHaveLength(2);
  });

  test("of another group is shown nothing of it, whatever the program says that she leads", async () => {
    await makeGroup(house, { ledBy: [tomas.id] });
    for (const table of inTheWall) expect(await rows(table, tomas.scope), table).toBe(0);
    expect(await guests(tomas.scope)).toEqual([]);
  });

  test("is shown this meeting alone, not another day of the group that she leads", async () => {
    house.setClock(session.ends.add({ hours: 1 }));
    const next = await nextSession(house, session.seriesId);
    expect(next.id).not.toBe(sessionId);
    const saved = await aSeat(house, next.id, { alias: "Next week" });
    expect(saved).not.toHaveProperty("refused");
    expect(await rows("seats", lea.scope)).toBe(2);
    house.setClock("2026-11-24T11:00:00Z");
  });

  test("who covers is shown it; who can't that day, or left the group, is not", async () => {
    await covers(tomas.id, "covers");
    expect(await guests(tomas.scope)).toEqual(everybody);
    await covers(lea.id, "absent");
    expect(await guests(lea.scope)).toEqual([]);
    await house.db.deleteFrom("session_covers").execute();
    await house.db.updateTable("series_facilitators").set({ until: house.now() }).where("member_id", "=", lea.id).execute();
    expect(await guests(lea.scope)).toEqual([]);
    // A cover of hers opens that day's meeting to her all the same.
    await covers(lea.id, "covers");
    expect(await guests(lea.scope)).toEqual(everybody);
  });

  test("whose role has ended is shown nothing", async () => {
    const mia = await makeSignedIn(house, ["facilitator"], { name: "Mia" });
    await covers(mia.id, "covers");
    expect(await guests(mia.scope)).toEqual(everybody);
    await house.db.updateTable("member_roles").set({ ended_at: house.now() }).where("member_id", "=", mia.id).execute();
    expect(await guests(mia.scope)).toEqual([]);
  });
});

test("a coordinator who does not lead it is shown what its seats were written, and nobody who sits there but who is worried", async () => {
  expect(await messageTimes(at(lucia.scope, false), sessionId as SessionId)).toHaveLength(1);
  for (const table of inTheWall.filter((one) => !["session_messages", "evening_keys", "seats"].includes(one))) expect(await rows(table, lucia.scope, false), table).toBe(0);
  expect((await at(lucia.scope, false).selectFrom("seats").select("alias").execute()).map(({ alias }) => alias)).toEqual(["Robin"]);
  // Said to lead it, she is shown no more than whoever holds no such role.
  for (const table of inTheWall) expect(await rows(table, lucia.scope), table).toBe(0);
});
