import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { createApp } from "../../../../app.tsx";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { makeNetwork, signedIn } from "../../../network/factory.ts";
import { confirmAll } from "../../claims/commands.ts";
import { byCall, directoryApp, makeListing } from "../../factory.ts";
import { findListings } from "../../finder/queries.ts";
import { askFor } from "../../finder/rules.ts";
import { makeRichListing } from "../../hsds/factory.ts";
import { relist } from "../../listing/commands.ts";
import { partsOf } from "../../listing/queries.ts";
import type { ServiceId, SourceId } from "../../types.ts";
import { sourceNamed } from "../commands.ts";
import { tableNames } from "../tables/rules.ts";
import { pullSource } from "./commands.ts";

const [theirs, ours] = [await openTestHouse(), await openTestHouse()];
const app = createApp(theirs);
/** Their server, with something that a test may put before it. */
let before: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
const asked: string[] = [];
const inner = createAdaptorServer({ fetch: app.fetch });
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  if (!before?.(request, response)) inner.emit("request", request, response);
});
await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hsds`;
afterAll(() => server.close());

const setClocks = (at: string) => [theirs, ours].forEach((house) => house.setClock(at));
const found = async (house = ours) => (await findListings(house.db, askFor("", { facets: [], accepting: false, near: undefined, within: undefined, country: undefined }), house.now())).map(({ listing }) => listing.card.name).sort();
const everything = async () => {
  const parts = [...tableNames, "listings", "listing_claims", "listing_duplicates", "listing_conflicts"].map((name) => sql`(select coalesce(md5(string_agg(x::text, ',' order by x::text)), '') from ${sql.table(name)} x)`);
  return (await sql<{ all: string }>`select ${sql.join(parts, sql` || `)} as all`.execute(ours.db)).rows[0]?.all;
};
const last = () => ours.db.selectFrom("directory_imports").select(["id", "counts", "refused", "refused_detail", "written", "conflicts", "finished_at", "since"]).orderBy("started_at", "desc").orderBy("finished_at", "desc").executeTakeFirstOrThrow();
const sum = (counts: unknown, name: string) => Object.values(counts as Record<string, Record<string, number>>).reduce((all, one) => all + (one[name] ?? 0), 0);

let source: SourceId;
let circle: ServiceId;
let rich: ServiceId;
let turn = 0;
beforeEach(async () => {
  before = undefined;
  setClocks("2026-11-24T11:00:00Z");
  for (const house of [theirs, ours]) {
    for (const name of ["listing_conflicts", "directory_import_rows", "directory_imports", "services", "organizations", "locations", "carried", "attributes", "phones"]) await sql`delete from ${sql.table(name)}`.execute(house.db);
    await sql`delete from taxonomy_terms where source_id is not null or taxonomy_id is null`.execute(house.db);
    await sql`delete from taxonomies where source_id is not null`.execute(house.db);
    await sql`delete from directory_sources`.execute(house.db);
  }
  circle = await makeListing(theirs, { name: "Circle of Lanterns", terms: ["w_after_birth"], hours: [["MO", "10:00", "11:30"]] });
  rich = await makeRichListing(theirs, `rich ${(turn += 1)}`, { name: "Círculo de Luna", kind: "provider", accepting: "yes", waitDays: 12, languages: ["es", "en"] });
  for (let at = 0; at < 3; at++) await makeListing(theirs, { name: `Pantry ${at}`, kind: "resource", organization: "Lantern House" });
  source = (await sourceNamed(ours, { name: "Lantern directory", kind: "api", url: base, country: "US" })).id;
});

describe("another installation of this program, read by its API", () => {
  it("comes in whole with its ids, kinds and numbers, every record accounted for; a second reading changes nothing", async () => {
    await pullSource(ours, source);
    const account = await last();
    expect(account).toMatchObject({ refused: null, since: null });
    expect(sum(account.counts, "refused")).toBe(0);
    expect(sum(account.counts, "rows")).toBe(sum(account.counts, "taken") + sum(account.counts, "unchanged"));
    expect(await found()).toEqual(await found(theirs));
    const [[mine], [one]] = [(await partsOf(ours.db, [circle])).services, (await partsOf(theirs.db, [circle])).services].map((some) => [some[0]]) as [[Parts], [Parts]];
    const plain = ({ claims: _claims, editedAt: _edited, ...rest }: Parts) => rest;
    expect(plain(mine)).toEqual(plain(one));
    expect(mine.claims.every(({ method, source: whose }) => method === "import" && whose === "Lantern directory")).toBe(true);
    const all = await everything();
    setClocks("2026-11-25T11:00:00Z");
    await pullSource(ours, source);
    const again = await last();
    expect(again).toMatchObject({ refused: null, written: 0 });
    expect(again.since?.toString()).toBe("2026-11-24T10:00:00Z");
    expect(await everything()).toBe(all);
  });

  it("is asked only for what has changed; what they closed is closed, and opens again when they say so", async () => {
    setClocks("2026-11-24T13:00:00Z");
    await pullSource(ours, source);
    setClocks("2026-11-26T11:00:00Z");
    const close = (status: string) => inTransaction(theirs, async (act) => {
      await act.tx.updateTable("services").set({ status, edited_at: act.now }).where("id", "=", circle).execute();
      await relist(act, [circle]);
    });
    await close("defunct");
    await theirs.db.updateTable("services").set({ name: "Pantry of the street", edited_at: theirs.now() }).where("name", "=", "Pantry 1").execute();
    await pullSource(ours, source);
    const account = await last();
    expect(account.counts).toMatchObject({ services: { rows: 2, merged: 2 } });
    expect(await found()).not.toContain("Circle of Lanterns");
    expect(await found()).toContain("Pantry of the street");
    setClocks("2026-11-27T11:00:00Z");
    await close("active");
    await pullSource(ours, source);
    expect(await found()).toContain("Circle of Lanterns");
  });

  it("once a week is asked for everything: what it no longer knows is closed, but not what a person here stands for", async () => {
    await pullSource(ours, source);
    await inTransaction(ours, (act) => confirmAll(act, rich, byCall));
    setClocks("2026-12-02T11:00:00Z");
    await theirs.db.deleteFrom("services").where("id", "in", [circle, rich]).execute();
    await pullSource(ours, source);
    expect(await last()).toMatchObject({ since: null, conflicts: 1, counts: { services: { gone: 1 } } });
    expect(await found()).not.toContain("Circle of Lanterns");
    expect(await found()).toContain("Círculo de Luna");
  });

  it("that cannot come in for a fault of ours leaves no page behind, and is read anew", async () => {
    await sql`alter table services add constraint a_fault check (name <> 'Circle of Lanterns')`.execute(ours.db);
    await expect(pullSource(ours, source)).rejects.toThrow("a_fault");
    await sql`alter table services drop constraint a_fault`.execute(ours.db);
    expect(await last()).toMatchObject({ refused: "fault" });
    expect(await ours.db.selectFrom("directory_pages").select("nth").execute()).toEqual([]);
    await pullSource(ours, source);
    expect(await found()).toContain("Circle of Lanterns");
  });

  it("goes on where it was cut, and asks for no page twice", async () => {
    for (let at = 0; at < 120; at++) await makeListing(theirs, { name: `Room ${String(at).padStart(3, "0")}`, kind: "resource" });
    before = (request, response) => {
      if (!request.url?.includes("page=2")) return false;
      response.writeHead(503, { "retry-after": "7200" }).end();
      return true;
    };
    await pullSource(ours, source);
    expect(await last()).toMatchObject({ finished_at: null });
    expect(await found()).toEqual([]);
    const { trouble } = await ours.db.selectFrom("directory_sources").select("trouble").where("id", "=", source).executeTakeFirstOrThrow();
    expect(trouble).toBe("apiAway");
    const { rows: [job] } = await sql<{ at: Temporal.Instant }>`select run_at as at from graphile_worker.jobs where key = ${`pull-source ${source}`}`.execute(ours.db);
    expect(job?.at.toString()).toBe("2026-11-24T13:00:00Z");
    before = undefined;
    asked.length = 0;
    await pullSource(ours, source);
    expect(asked.filter((url) => url.includes("?page=1&"))).toEqual([]);
    expect(await ours.db.selectFrom("listings").select("id").execute()).toHaveLength(125);
    expect(await ours.db.selectFrom("directory_pages").select("nth").execute()).toEqual([]);
  });
});

type Parts = Awaited<ReturnType<typeof partsOf>>["services"][number];

describe("a server that is none of ours", () => {
  const answers = (answer: (url: string) => unknown) => {
    before = (request, response) => {
      const value = answer(request.url ?? "");
      if (value === undefined) response.writeHead(404).end("{}");
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
      return true;
    };
  };

  it("and says little in its list is asked for each by its id", async () => {
    const id = "b0000000-0000-4000-8000-000000000001";
    const service = { id, name: "Support group for new parents", status: "active" };
    answers((url) => (url.startsWith("/hsds/services?") ? { contents: url.includes("page=1") ? [service] : [], total_pages: 1, page_number: 1 } : url === `/hsds/services/${id}` ? { ...service, phones: [{ id: "e0000000-0000-4000-8000-000000000001", number: "213-555-0177" }] } : undefined));
    await pullSource(ours, source);
    expect(await last()).toMatchObject({ refused: null, counts: { services: { taken: 1 }, phones: { taken: 1 } } });
    const [one] = (await partsOf(ours.db, [id as ServiceId])).services;
    expect(one).toMatchObject({ kind: "group", phones: [{ dial: { dial: "+12135550177" } }] });
  });

  it.each([
    ["something that is no list", (): unknown => ({ hello: "world" }), "apiWrong"],
    ["nothing that may be read", (): unknown => undefined, "apiDenied"],
  ] as const)("and answers %s is told of, and nothing is changed", async (_what, answer, reason) => {
    answers(answer);
    const all = await everything();
    await pullSource(ours, source);
    expect(await last()).toMatchObject({ refused: reason });
    expect(await everything()).toBe(all);
  });
});

test("a coordinator adds a directory and has it read; she may not with what is no address", async () => {
  const desk = directoryApp(ours);
  await makeNetwork(ours);
  const cookie = await signedIn(ours, "coordinator");
  const post = (path: string, fields: Record<string, string>) => desk.request(path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie, "sec-fetch-site": "same-origin", "accept-language": "en" } });
  const wrong = await post("/tend/imports/directory", { name: "Moon directory", url: "not an address", country: "US" });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("Write the address of an API");
  expect((await post("/tend/imports/directory", { name: "Moon directory", url: `${base}/services?page=3`, country: "US" })).status).toBe(303);
  const page = await (await desk.request("/tend/imports", { headers: { cookie, "accept-language": "en" } })).text();
  expect(page).toContain("Moon directory");
  expect(page).toContain("Being read for the first time");
  const { id, url } = await ours.db.selectFrom("directory_sources").select(["id", "url"]).where("name", "=", "Moon directory").executeTakeFirstOrThrow();
  expect(url).toBe(base);
  expect((await post(`/tend/imports/directory/${id}/read`, {})).status).toBe(303);
  const { rows } = await sql`select 1 from graphile_worker.jobs where key = ${`pull-source ${id}`}`.execute(ours.db);
  expect(rows).toHaveLength(1);
});
