import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { makeMember } from "../../accounts/factory.ts";
import { jobsWaiting, listening } from "../../helpline/board/factory.ts";
import { confirmListing, makeListing, stranger } from "../factory.ts";
import type { Kind, ServiceId } from "../types.ts";
import { handleReports, pageCoordinators, reportListing } from "./commands.ts";
import { reportsToRead } from "./queries.ts";
import { mostCounted, mostOfBrowser, whoFrom } from "./rules.ts";
import type { Outcome, ReportKind } from "./types.ts";

let house: TestHouse;
let lucia: MemberId;
let someone = 0;
beforeAll(async () => {
  house = await openTestHouse();
  lucia = await makeMember(house, ["coordinator"]);
});
beforeEach(() => house.setClock("2026-11-26T03:00:00Z"));

const another = () => stranger(`somebody ${(someone += 1)}`);
const say = (serviceId: ServiceId, kind: ReportKind, byWhom = another(), note?: string) => reportListing(house, { serviceId, kind, byWhom, note });
const listing = (id: ServiceId) => house.db.selectFrom("listings").selectAll().where("service_id", "=", id).executeTakeFirstOrThrow();
const pagesOf = async (id: ServiceId) => (await jobsWaiting(house, "page-coordinators")).filter(({ payload }) => payload["serviceId"] === id);
const handle = (id: ServiceId, outcome: Outcome, kinds?: ReportKind[]) => inTransaction(house, (act) => handleReports(act, id, { outcome, by: lucia, ...(kinds ? { kinds } : {}) }));
const inDoubt = async (kind: Kind = "group") => {
  const id = await makeListing(house, { kind });
  await say(id, "cannot_reach");
  await say(id, "cannot_reach");
  return id;
};

describe("two people who could not reach it", () => {
  it("put it in doubt at once, and the call to its coordinator waits with no delay", async () => {
    const id = await makeListing(house);
    expect(await say(id, "cannot_reach")).toMatchObject({ again: false });
    expect([(await listing(id)).in_doubt_since, await pagesOf(id)]).toEqual([null, []]);
    house.passTime({ seconds: 20 });
    await say(id, "cannot_reach");
    expect((await listing(id)).in_doubt_since?.equals(house.now())).toBe(true);
    const [page, ...more] = await pagesOf(id);
    expect(more).toEqual([]);
    const late = Temporal.Instant.from(page?.runAt ?? "").since(Temporal.Now.instant()).total("seconds");
    expect(late, "the job may run now").toBeLessThanOrEqual(1);
    expect(house.told).toEqual(expect.arrayContaining(["directory/listings", "directory/tending"]));
  });

  it("are not one who says it twice, also from another network", async () => {
    const id = await makeListing(house);
    const [me, home, work] = [stranger("me").subarray(0, 16), stranger("home"), stranger("work")];
    await say(id, "cannot_reach", whoFrom(me, home));
    house.passTime({ hours: 30 });
    expect(await say(id, "cannot_reach", whoFrom(me, work))).toMatchObject({ again: true });
    expect((await listing(id)).in_doubt_since).toBeNull();
  });

  it("who speak at one moment call her once", async () => {
    const id = await makeListing(house);
    await Promise.all(Array.from({ length: 6 }, () => say(id, "cannot_reach")));
    expect((await listing(id)).in_doubt_since).not.toBeNull();
    expect(await pagesOf(id)).toHaveLength(1);
  });
});

describe("one who says that it is not safe", () => {
  it("hides it until a person has looked, and calls her", async () => {
    const id = await makeListing(house);
    await say(id, "unsafe", another(), "A man answered and asked where I live.");
    expect((await listing(id)).hidden_at?.equals(house.now())).toBe(true);
    expect((await pagesOf(id)).map(({ payload }) => payload["alarm"])).toEqual(["unsafe"]);
    await handle(id, "not_so");
    expect(Temporal.Instant.compare((await listing(id)).hidden_at ?? house.now(), house.now())).toBe(1);
  });

  it("never hides a crisis line: it goes below others, in doubt", async () => {
    const id = await makeListing(house, { kind: "crisis_line" });
    await say(id, "unsafe");
    const line = await listing(id);
    expect([line.hidden_at, line.in_doubt_since?.equals(house.now()), line.sinks_at.equals(house.now())]).toEqual([null, true, true]);
  });
});

describe("one who says that they are full", () => {
  it("makes their 'yes' unknown at once", async () => {
    const id = await makeListing(house, { accepting: "yes" });
    await say(id, "full");
    expect(await listing(id)).toMatchObject({ accepting: null, accepting_until: null });
  });

  it("and was wrong gives the owner's word back, unless she has spoken since", async () => {
    const id = await makeListing(house, { accepting: "yes" });
    house.passTime({ hours: 1 });
    await say(id, "full");
    await handle(id, "not_so");
    expect((await listing(id)).accepting).toBe("yes");
    await say(id, "full");
    await handle(id, "confirmed");
    expect((await listing(id)).accepting).toBeNull();
  });
});

describe("what one place says in a day", () => {
  it("beyond its share waits for a person and changes nothing by itself", async () => {
    const network = stranger("the library");
    const counts: (boolean | undefined)[] = [];
    for (let turn = 0; turn <= mostCounted.unsafe; turn++) {
      const id = await makeListing(house);
      await say(id, "unsafe", whoFrom(stranger(`reader ${turn}`), network));
      counts.push(Temporal.Instant.compare((await listing(id)).hidden_at ?? house.now(), house.now()) <= 0);
    }
    expect(counts).toEqual([...Array<boolean>(mostCounted.unsafe).fill(true), false]);
  });

  it("is refused when one browser says more than a person does", async () => {
    const id = await makeListing(house);
    const me = stranger("somebody angry");
    for (let turn = 0; turn < mostOfBrowser; turn++) await say(id, "wrong", me);
    expect(await say(id, "unsafe", me)).toEqual({ refused: "tooMany" });
  });

  it("is not known across listings", async () => {
    const [one, other] = [await makeListing(house), await makeListing(house)];
    const me = another();
    for (const id of [one, other]) await say(id, "wrong", me);
    const rows = await house.db.selectFrom("listing_reports").select("by_whom").where("service_id", "in", [one, other]).execute();
    expect(new Set(rows.flatMap(({ by_whom }) => [by_whom?.subarray(0, 16).toString("hex"), by_whom?.subarray(16).toString("hex")])).size).toBe(4);
  });
});

describe("a note", () => {
  it("is read by who looks after the listing, lies sealed, and goes when the report is handled", async () => {
    const id = await makeListing(house);
    await say(id, "wrong", another(), "The number is a fax.");
    expect(await reportsToRead(house.db, house.keys, id)).toMatchObject([{ kind: "wrong", note: "The number is a fax." }]);
    const kept = await house.db.selectFrom("listing_reports").select("note_sealed").where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(kept.note_sealed?.toString("latin1")).not.toContain("fax");
    await handle(id, "corrected");
    const after = await house.db.selectFrom("listing_reports").selectAll().where("service_id", "=", id).executeTakeFirstOrThrow();
    expect(after).toMatchObject({ note_sealed: null, who_sealed: null, wrapped_key: null, by_whom: null, outcome: "corrected", handled_by: lucia });
    expect(await house.db.selectFrom("audit_entries").select("reason").where("act", "=", "handled_reports").where("subject_id", "=", id).executeTakeFirst()).toEqual({ reason: "corrected" });
  });
});

describe("a coordinator who has looked", () => {
  it("ends the doubt; the same people may say it again later", async () => {
    const id = await inDoubt();
    await handle(id, "confirmed");
    await confirmListing(house, id);
    expect((await listing(id)).in_doubt_since).toBeNull();
    expect(await say(id, "cannot_reach")).toMatchObject({ again: false });
  });

  it("may answer one kind and leave another open", async () => {
    const id = await inDoubt();
    await say(id, "wrong");
    await handle(id, "corrected", ["wrong"]);
    expect((await listing(id)).in_doubt_since).not.toBeNull();
  });

  it("takes a listing out that is gone", async () => {
    const id = await inDoubt();
    await handle(id, "removed");
    expect(await house.db.selectFrom("listings").select("id").where("service_id", "=", id).execute()).toEqual([]);
  });
});

describe("the call goes to", () => {
  const sit = (area: string, member: MemberId) => house.db.insertInto("coordinator_seats").values({ area_id: area, member_id: member, since: house.now() }).returning("id").executeTakeFirstOrThrow();
  const called = async (id: ServiceId, alarm: "doubt" | "unsafe" = "doubt") => {
    const ear = listening();
    await pageCoordinators(house, id, alarm, ear.notify);
    return ear.calls;
  };

  it("every coordinator where no seat is taken, then the country's, then the region's", async () => {
    const id = await inDoubt();
    const [country, region, away] = [await makeMember(house, ["coordinator"]), await makeMember(house, ["coordinator"]), await makeMember(house, ["volunteer"])];
    expect(new Set((await called(id))[0]?.to)).toEqual(new Set([lucia, country, region]));
    await sit("US", country);
    expect((await called(id))[0]?.to).toEqual([country]);
    await sit("US-CA", away);
    expect((await called(id))[0]?.to, "a seat without the role calls nobody").toEqual([country]);
    await sit("US-CA", region);
    expect((await called(id))[0]?.to).toEqual([region]);
    expect((await called(id))[0]?.message).toMatchObject({ path: "/tend", en: { title: "A listing needs a call" }, es: { title: "Hay un recurso por llamar" } });
  });

  it("nobody, when somebody has looked meanwhile", async () => {
    const id = await inDoubt();
    await handle(id, "confirmed");
    expect(await called(id)).toEqual([]);
  });
});

test("a listing that is not there, or was merged into another, takes no report", async () => {
  expect(await say("00000000-0000-4000-8000-000000000000" as ServiceId, "wrong")).toEqual({ refused: "notHere" });
  const [gone, into] = [await makeListing(house), await makeListing(house)];
  await house.db.updateTable("services").set({ merged_into: into }).where("id", "=", gone).execute();
  expect(await say(gone, "wrong")).toEqual({ refused: "notHere" });
});
