import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../../../app.tsx";
import { openTestHouse } from "../../../../../cast/test-house.ts";
import { inTransaction } from "../../../../../platform/db/transaction.ts";
import { makeNetwork, signedIn } from "../../../../network/factory.ts";
import { confirmAll } from "../../../claims/commands.ts";
import { byCall, directoryApp, makeListing } from "../../../factory.ts";
import { findListings } from "../../../finder/queries.ts";
import { askFor } from "../../../finder/rules.ts";
import type { ServiceId, SourceId } from "../../../types.ts";
import { tableNames } from "../../tables/rules.ts";
import { pullEverySource, pullSource } from "../commands.ts";

const [theirs, ours] = [await openTestHouse(), await openTestHouse()];
const app = createApp(theirs);
/** Something that happens before their server answers. */
let before: (() => Promise<void>) | undefined;
const inner = createAdaptorServer({ fetch: app.fetch });
const server = createServer((request, response) => void (async () => (await before?.(), inner.emit("request", request, response)))());
await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hsds`;
afterAll(() => server.close());

const desk = directoryApp(ours);
await makeNetwork(ours);
const { name: network } = await ours.db.selectFrom("network").select("name").executeTakeFirstOrThrow();
const [coordinator, volunteer] = [await signedIn(ours, "coordinator"), await signedIn(ours, "volunteer")];
const get = (path: string, cookie = coordinator) => desk.request(path, { headers: { cookie, "accept-language": "en" } });
const post = (path: string, fields: Record<string, string> = {}, cookie = coordinator) => desk.request(path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie, "sec-fetch-site": "same-origin", "accept-language": "en" } });
const found = async () => (await findListings(ours.db, askFor("", { facets: [], accepting: false, near: undefined, within: undefined, country: undefined }), ours.now())).map(({ listing }) => listing.card.name).sort();
const rows = async () => Promise.all(tableNames.map(async (name) => Number((await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(ours.db)).rows[0]?.n)));
const claims = (id: ServiceId) => ours.db.selectFrom("listing_claims").select(["source", "method", "verified_at"]).distinct().where("service_id", "=", id).where("superseded_at", "is", null).execute();
const added = async (name = "Lantern directory") => {
  expect((await post("/tend/imports/directory", { name, url: base, country: "US" })).status).toBe(303);
  return (await ours.db.selectFrom("directory_sources").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id as SourceId;
};

let [source, circle, pantry, line] = ["" as SourceId, "" as ServiceId, "" as ServiceId, "" as ServiceId];
beforeEach(async () => {
  before = undefined;
  [theirs, ours].forEach((house) => house.setClock("2026-11-24T11:00:00Z"));
  for (const house of [theirs, ours]) for (const name of ["listing_conflicts", "listing_duplicates", "directory_import_rows", "directory_imports", "services", "organizations", "locations", "carried", "attributes", "phones", "directory_sources", "audit_entries"]) await sql`delete from ${sql.table(name)}`.execute(house.db);
  circle = await makeListing(theirs, { name: "Circle of Lanterns", hours: [["MO", "10:00", "11:30"]] });
  pantry = await makeListing(theirs, { name: "Pantry", kind: "resource" });
  line = await makeListing(theirs, { name: "Night Line", kind: "crisis_line", at: undefined });
  source = await added();
  await pullSource(ours, source);
  await inTransaction(ours, (act) => confirmAll(act, circle, byCall, ["contact"]));
});

describe("a directory that is taken away", () => {
  it("says first what comes of it", async () => {
    const page = await (await get(`/tend/imports/directory/${source}/away`)).text();
    expect(page).toContain("Take Lantern directory away?");
    expect(page).toContain("One entry came only from it. Parents are shown it no more.");
    expect(page).toContain("One entry stays");
    expect(page).toContain("One crisis line stays");
    expect(await found(), "nothing has happened yet").toEqual(["Circle of Lanterns", "Night Line", "Pantry"]);
  });

  it("is read no more; what only it stated goes, what somebody confirmed stays as it was, and it is written down", async () => {
    const kept = await claims(circle);
    expect((await post(`/tend/imports/directory/${source}/away`)).headers.get("location")).toBe("/tend/imports");
    expect(await found()).toEqual(["Circle of Lanterns", "Night Line"]);
    expect(await claims(pantry)).toEqual([]);
    expect(await (await get(`/listings/${pantry}`, "")).text()).toContain("It came from another list that we no longer read");
    expect(await claims(circle)).toEqual(kept);
    expect(await ours.db.selectFrom("audit_entries").select(["act", "subject_id"]).where("act", "=", "took_directory_away").execute()).toEqual([{ act: "took_directory_away", subject_id: source }]);
    const [list, again] = [await (await get("/tend/imports")).text(), await get(`/tend/imports/directory/${source}/away`)];
    expect([list.includes(`/tend/imports/directory/${source}`), again.status, (await post(`/tend/imports/directory/${source}/away`)).status, (await post(`/tend/imports/directory/${source}/read`)).status]).toEqual([false, 404, 404, 404]);
    ours.passTime({ hours: 24 });
    await sql`delete from graphile_worker._private_jobs`.execute(ours.db);
    await pullEverySource(ours);
    expect((await sql`select from graphile_worker.jobs where key like 'pull-source%'`.execute(ours.db)).rows).toHaveLength(0);
    await pullSource(ours, source);
    expect(await found()).toEqual(["Circle of Lanterns", "Night Line"]);
  });

  it("leaves its crisis lines in our own name, unchecked and no younger, first in the queue", async () => {
    const contact = () => ours.db.selectFrom("listing_claims").select(["source", "stated_at"]).where("service_id", "=", line).where("superseded_at", "is", null).where("field", "=", "contact").executeTakeFirstOrThrow();
    const before = await contact();
    ours.passTime({ hours: 24 * 20 });
    await post(`/tend/imports/directory/${source}/away`, {}, await signedIn(ours, "coordinator", "later"));
    const after = await contact();
    expect([before.source, (await claims(line)).map(({ source: whose, method, verified_at }) => [whose, method, verified_at])]).toEqual(["Lantern directory", [[network, "edit", null]]]);
    expect(after.stated_at.epochMilliseconds).toBe(before.stated_at.epochMilliseconds);
    expect(await (await get("/tend", await signedIn(ours, "coordinator", "queue"))).text()).toContain("Night Line");
  });

  it("and is added again finds its records, without doubles, and shows what it still has", async () => {
    const before = await rows();
    await post(`/tend/imports/directory/${source}/away`);
    await inTransaction(theirs, async ({ tx }) => void (await tx.updateTable("services").set({ name: "Pantry of the street", edited_at: theirs.now() }).where("id", "=", pantry).execute()));
    expect(await added("Lantern directory, again"), "by its address").toBe(source);
    await pullSource(ours, source);
    expect(await found()).toEqual(["Circle of Lanterns", "Night Line", "Pantry of the street"]);
    expect(await rows()).toEqual(before);
    expect((await claims(pantry)).map(({ source: whose, method }) => [whose, method])).toEqual([["Lantern directory, again", "import"]]);
    expect((await ours.db.selectFrom("directory_imports").select("refused").execute()).every(({ refused }) => refused === null)).toBe(true);
    expect(await ours.db.selectFrom("listing_duplicates").select("id").execute()).toEqual([]);
  });

  it("comes back unchanged too: what had closed with it opens", async () => {
    await post(`/tend/imports/directory/${source}/away`);
    await added();
    await pullSource(ours, source);
    expect(await found()).toEqual(["Circle of Lanterns", "Night Line", "Pantry"]);
  });

  it("while it is being asked brings nothing in, and keeps nothing of what it had answered", async () => {
    await makeListing(theirs, { name: "Newcomer" });
    ours.passTime({ hours: 1 });
    theirs.passTime({ hours: 1 });
    let first = true;
    before = async () => {
      if (first) expect((await post(`/tend/imports/directory/${source}/away`)).status).toBe(303);
      first = false;
    };
    await pullSource(ours, source);
    expect(await found()).toEqual(["Circle of Lanterns", "Night Line"]);
    expect(await ours.db.selectFrom("directory_pages").select("nth").execute()).toEqual([]);
    expect(await ours.db.selectFrom("directory_imports").select("refused").where("finished_at", "is", null).execute()).toEqual([]);
    expect((await ours.db.selectFrom("directory_imports").select("refused").orderBy("started_at", "desc").executeTakeFirstOrThrow()).refused).toBe("takenAway");
  });

  it("waits while it comes in, and says so", async () => {
    await inTransaction(ours, async ({ tx }) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${source}`}, 0))`.execute(tx);
      const answer = await post(`/tend/imports/directory/${source}/away`);
      expect([answer.status, (await answer.text()).includes("It is being read at this moment.")]).toEqual([409, true]);
    });
    expect(await found()).toContain("Pantry");
  });

  it("is a coordinator's alone to take away", async () => {
    expect((await get(`/tend/imports/directory/${source}/away`, volunteer)).status).toBe(404);
    expect((await post(`/tend/imports/directory/${source}/away`, {}, volunteer)).status).toBe(404);
    expect((await get("/tend/imports/directory/nothing/away")).status).toBe(404);
    expect(await found()).toContain("Pantry");
  });
});
