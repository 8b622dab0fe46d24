import { gunzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { createApp } from "../../../app.tsx";
import { openTestHouse } from "../../../cast/test-house.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import { state } from "../claims/commands.ts";
import { byCall, byImport, confirmListing, makeListing } from "../factory.ts";
import { relist } from "../listing/commands.ts";
import { factId, taxonomyId, termId } from "../taxonomy/queries.ts";
import type { ServiceId } from "../types.ts";
import { idOf, makeRichListing, sealedStandard } from "./factory.ts";
import { nouns, type Hsds, type Noun } from "./forms.ts";

const house = await openTestHouse();
const app = createApp(house);
const standard = sealedStandard();
const start = "2026-11-26T03:00:00Z";

type Page<N extends Noun> = { total_items: number; total_pages: number; page_number: number; size: number; first_page: boolean; last_page: boolean; empty: boolean; contents: Hsds<N>[] };

const get = (path: string, headers: Record<string, string> = {}) => app.request(`/hsds${path}`, { headers });
const post = (path: string, body: object, headers: Record<string, string> = {}) => app.request(`/hsds${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
const list = async <N extends Noun>(_noun: N, path: string): Promise<Page<N>> => {
  const answer = await get(path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Page<N>;
};
const one = async (path: string) => {
  const answer = await get(path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Hsds<"service">;
};

/** What is wrong with a record, by our own sealed schemas and by the standard's where it is there. */
function wrongWith(noun: Noun, record: unknown): string[] {
  const own = nouns[noun].safeParse(record);
  return [...(own.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`), ...(standard?.(noun, record) ?? [])];
}

const listed = [
  ["services", "service"],
  ["service_at_locations", "service_at_location"],
  ["organizations", "organization"],
  ["taxonomies", "taxonomy"],
  ["taxonomy_terms", "taxonomy_term"],
] as const;

let rich: ServiceId;
let plain: ServiceId;
let lines: ServiceId;
beforeAll(async () => {
  house.setClock(start);
  rich = await makeRichListing(house, "rich", { name: "Círculo de Luna", terms: ["w_dads", "i_medicaid", "c_free", "p_babies"], accepting: "yes", waitDays: 12, languages: ["es", "en"] });
  plain = await makeListing(house, { name: "Lantern Clinic", kind: "provider", organization: "Lantern", city: "Austin", region: "TX", postalCode: "78701", at: { latitude: 30.27, longitude: -97.74 }, by: byImport });
  lines = await makeListing(house, { name: "Night line", kind: "warmline", at: undefined, accepting: "no" });
});
beforeEach(() => house.setClock(start));

describe(`every answer fits the ${standard ? "standard's schemas, sealed" : "sealed nouns (OPEN_DATA_DIR is not set: the standard's own schemas were not asked)"}`, () => {
  it.each(listed)("of /hsds/%s, in every depth, by GET and POST, as a page, as lines and by id", async (path, noun) => {
    for (const depth of noun === "service" ? ["", "?full=true", "?minimal=true"] : noun === "organization" ? ["", "?full=true", "?full_service=true"] : noun === "service_at_location" ? ["", "?full=true"] : [""]) {
      const page = await list(noun, `/${path}${depth}`);
      expect(page.size, depth).toBeGreaterThan(0);
      expect(Object.keys(page)).toEqual(["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"]);
      for (const record of page.contents) expect(wrongWith(noun, record), `${path}${depth} ${JSON.stringify(record)}`).toEqual([]);
      const asked = await post(`/${path}`, Object.fromEntries(new URLSearchParams(depth)));
      expect(await asked.json()).toEqual(page);
      const lines = (await (await get(`/${path}${depth}${depth ? "&" : "?"}format=ndjson`)).text()).trimEnd().split("\n");
      expect(lines.slice(0, page.size).map((line) => JSON.parse(line) as unknown)).toEqual(page.contents);
      expect(lines.length).toBe(page.total_items);
    }
    for (const { id } of (await list(noun, `/${path}?per_page=5`)).contents) expect(wrongWith(noun, await one(`/${path}/${id}`)), id).toEqual([]);
  });
});

test("a wait that another directory wrote down in words is told for twice a fortnight, like one that we asked", async () => {
  const id = await makeListing(house, { kind: "provider", by: byImport });
  await house.db.updateTable("services").set({ more: JSON.stringify({ wait_time: "about two weeks" }) }).where("id", "=", id).execute();
  expect((await one(`/services/${id}`)).wait_time).toBe("about two weeks");
  house.setClock(Temporal.Instant.from(start).add({ hours: 28 * 24 }));
  expect((await one(`/services/${id}`)).wait_time).toBeUndefined();
});

test("a full service holds all that is known of it, and the dirt of its records is mended or left out", async () => {
  const service = await one(`/services/${rich}`);
  expect(Object.keys(service)).toEqual(expect.arrayContaining(["organization", "program", "additional_urls", "phones", "schedules", "service_areas", "service_at_locations", "languages", "funding", "cost_options", "required_documents", "contacts", "capacities", "attributes", "metadata"]));
  expect(service).toMatchObject({ url: "https://www.example.org/help", alert: "Closed on 24 December", minimum_age: 16, accreditations: "State licensed; PMH-C, PSI, checked 2026-10-01", assured_date: "2026-11-26", status: "active" });
  expect(service.email, "not an address").toBeUndefined();
  expect(service.wait_time, "a number where the standard wants a text").toBeUndefined();
  expect(service.organization).toMatchObject({ website: "https://example.org/%C3%BCber%20uns", description: "Círculo de Luna", programs: [{ name: "After birth", description: "After birth" }] });
  expect(service.organization?.uri, "would run as a program").toBeUndefined();
  expect(service.program).toEqual({ id: idOf("rich/program"), name: "After birth", description: "After birth" });
  expect(service.additional_urls).toMatchObject([{ url: "https://example.org/groups" }]);
  expect(service.contacts).toMatchObject([{ title: "Front desk", phones: [{ number: "+1 213 555 0199", extension: 7 }] }]);
  const text = service.phones?.find(({ type }) => type === "text");
  expect(text).toMatchObject({ description: "ext. 012", languages: [{ code: "es" }] });
  expect(text?.attributes?.map(({ taxonomy_term, value }) => [taxonomy_term?.code, value])).toEqual([["dial", "US 85258"], ["B-1", "yes"]]);
  expect(service.schedules).toMatchObject([{ opens_at: "18:00:00", closes_at: "19:30:00", interval: 2, wkst: "SU", attributes: [{ value: "America/Los_Angeles" }] }]);
  expect(service.attributes?.map(({ taxonomy_term }) => taxonomy_term?.code).sort()).toEqual(["B-1", "c_free", "i_medicaid", "kind", "p_babies", "w_dads", "wait_days"].sort());
  const [place] = service.service_at_locations ?? [];
  expect(place).toMatchObject({ phones: [{ number: "(213) 555-0177" }], contacts: [{ title: "At the door" }], location: { latitude: 34.06, accessibility: [{ description: "A ramp" }], schedules: [{ description: "Ring twice" }], languages: [{ code: "en" }] } });
  expect(place?.location?.addresses?.find(({ country }) => country === "AE")).toMatchObject({ city: "Dubai", state_province: "-", postal_code: "-" });
});

describe("whether they have room", () => {
  const capacity = async (id: ServiceId) => (await one(`/services/${id}`)).capacities?.find(({ unit }) => unit.name === "places");

  it("is a capacity in places while somebody stands for it, and how long the wait is", async () => {
    expect(await capacity(rich)).toMatchObject({ available: 1, updated: start, description: "There was room when asked on 2026-11-26. The wait was about 12 days." });
    expect(await capacity(lines)).toMatchObject({ available: 0, description: "There was no room when asked on 2026-11-26." });
    expect(await capacity(plain), "nobody said").toBeUndefined();
  });

  it("is said no more from the moment that it is over, in no list and no line", async () => {
    house.setClock("2026-12-10T02:59:59Z");
    expect((await capacity(rich))?.available).toBe(1);
    house.setClock("2026-12-10T03:00:00Z");
    expect(await capacity(rich)).toBeUndefined();
    const lines = await (await get("/services?full=true&format=ndjson")).text();
    expect(lines).not.toMatch(/"available":[1-9]/);
    expect((await one(`/services/${rich}`)).attributes?.some(({ taxonomy_term }) => taxonomy_term?.id === factId("wait_days"))).toBe(false);
  });
});

describe("nobody is named", () => {
  it("history tells roles, and a name that another directory wrote is let go", async () => {
    const { metadata = [] } = await one(`/services/${rich}`);
    expect(new Set(metadata.map(({ updated_by }) => updated_by))).toEqual(new Set(["coordinator", "another directory"]));
    expect(metadata.find(({ field_name }) => field_name === "accepting")).toMatchObject({ last_action_type: "verify", last_action_date: "2026-11-26", previous_value: "nothing stated", replacement_value: "as published" });
    expect(JSON.stringify(metadata)).not.toContain("Ann Persona");
  });

  it("a confirmation that changes the answer tells both", async () => {
    const id = await makeListing(house, { accepting: "no" });
    house.setClock("2026-11-27T03:00:00Z");
    await inTransaction(house, (act) => state(act, id, [{ field: "accepting", value: "waitlist" }], { source: "the provider", method: "owner_link" }));
    const { metadata } = await one(`/services/${id}`);
    expect(metadata?.[0]).toMatchObject({ field_name: "accepting", previous_value: "another text", replacement_value: "as published", updated_by: "provider", last_action_date: "2026-11-27" });
  });

  it("who assured a record is its area's letter box, or nobody", async () => {
    expect((await one(`/services/${rich}`)).assurer_email).toBeUndefined();
    await house.db.updateTable("areas").set({ mailbox: "california@example.org" }).where("id", "=", "US-CA").execute();
    expect((await one(`/services/${rich}`)).assurer_email).toBe("california@example.org");
    await house.db.updateTable("areas").set({ mailbox: null }).where("id", "=", "US-CA").execute();
  });
});

describe("what is no longer shown", () => {
  it("is gone by its id, in the lists, and with its organization; consumers learn it from modified_after", async () => {
    const id = await makeListing(house, { name: "Old circle", by: byImport, organization: "Old house" });
    const { organization } = await one(`/services/${id}`);
    house.passTime({ hours: 120 * 24 });
    const answer = await get(`/services/${id}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([410, "application/problem+json"]);
    expect((await list("service", "/services?per_page=1000")).contents.map((service) => service.id)).not.toContain(id);
    expect((await get(`/organizations/${organization?.id}`)).status).toBe(404);
    const hiddenAt = house.now().toString();
    const { contents } = await list("service", `/services?modified_after=${encodeURIComponent(hiddenAt)}`);
    expect(contents.find((service) => service.id === id)).toEqual({ id, name: "Old circle", status: "inactive", last_modified: "2027-03-26T03:00:00.000Z" });
    const places = await list("service_at_location", `/service_at_locations?modified_after=${hiddenAt}`);
    expect(places.contents.some(({ service }) => service?.id === id && service.status === "inactive")).toBe(true);
  });

  it("of two that were one, the double says so and names the other", async () => {
    const [stays, goes] = [await makeListing(house, { name: "The one" }), await makeListing(house, { name: "Its double" })];
    house.setClock("2026-11-28T03:00:00Z");
    await inTransaction(house, async (act) => {
      await act.tx.updateTable("services").set({ merged_into: stays, edited_at: act.now }).where("id", "=", goes).execute();
      await relist(act, [goes]);
    });
    const answer = await get(`/services/${goes}`);
    expect(await answer.json()).toMatchObject({ status: 410, merged_into: stays });
    const { contents } = await list("service", "/services?modified_after=2026-11-28T03:00:00Z&minimal=true");
    expect(contents).toContainEqual({ id: goes, name: "Its double", status: "defunct", last_modified: "2026-11-28T03:00:00.000Z" });
  });

  it("takes with it only what hung on the statement that is over", async () => {
    const id = await makeListing(house, { name: "Insured", kind: "provider", terms: ["i_medicaid", "w_moms"] });
    await inTransaction(house, (act) => state(act, id, [{ field: "insurance", value: "i_medicaid" }], byCall));
    const codes = async () => (await one(`/services/${id}`)).attributes?.map(({ taxonomy_term }) => taxonomy_term?.code).filter((code) => code !== "kind");
    const found = async () => (await list("service", `/services?taxonomy_term_id=${termId("i_medicaid")}&per_page=1000`)).contents.some((service) => service.id === id);
    expect([await codes(), await found()]).toEqual([expect.arrayContaining(["i_medicaid", "w_moms"]), true]);
    house.passTime({ hours: 100 * 24 });
    await inTransaction(house, (act) => state(act, id, (["about", "contact", "who"] as const).map((field) => ({ field, value: "as shown" })), byCall));
    house.passTime({ hours: 80 * 24 });
    expect([await codes(), await found()]).toEqual([["w_moms"], false]);
  });
});

describe("what is asked", () => {
  it("finds words in both languages, terms, taxonomies, organizations", async () => {
    const names = async (path: string) => (await list("service", path)).contents.map(({ name }) => name);
    expect(await names("/services?search=circulo%20luna")).toEqual(["Círculo de Luna"]);
    expect(await names("/services?search=papá")).toContain("Círculo de Luna");
    expect(await names("/services?search=!!!")).toEqual([]);
    expect(await names(`/services?taxonomy_term_id=${termId("p_babies")}`)).toEqual(["Círculo de Luna"]);
    expect(await names(`/services?taxonomy_id=${taxonomyId}`)).toContain("Círculo de Luna");
    const [lantern] = (await list("organization", "/organizations?search=lantern%20clinic")).contents;
    expect(lantern?.name).toBe("Lantern");
    expect(await names(`/services?organization_id=${lantern?.id}`)).toEqual(["Lantern Clinic"]);
    expect((await list("organization", `/organizations?taxonomy_term_id=${idOf("rich/parent-term")}`)).contents.map(({ name }) => name)).toEqual(["Círculo de Luna"]);
  });

  it("finds terms by their parent, their taxonomy and whether they stand at the top", async () => {
    const codes = async (query: string) => (await list("taxonomy_term", `/taxonomy_terms?${query}`)).contents.map(({ code }) => code);
    expect(await codes(`parent_id=${idOf("rich/parent-term")}`)).toEqual(["B-1"]);
    expect(await codes(`taxonomy_id=${idOf("rich/taxonomy")}&top_only=true`)).toEqual(["B"]);
    expect(await codes("search=NIGHT%20nur")).toEqual(["B-1"]);
    expect(await codes("search=100%25")).toEqual([]);
  });

  it("finds what is within so many metres of a postal code, or serves it", async () => {
    const near = async (query: object) => ((await (await post("/service_at_locations", query)).json()) as Page<"service_at_location">).contents.map(({ service }) => service?.name);
    expect(await near({ postcode: "78701", proximity: 5000 })).toEqual(["Lantern Clinic"]);
    expect(await near({ postcode: "78701" }), "no area is named, and it is near").toEqual(["Lantern Clinic"]);
    expect(await near({ postcode: "94110", country: "US" }), "far away, and its area is California").toContain("Círculo de Luna");
    const unknown = await post("/service_at_locations", { postcode: "00000" });
    expect([unknown.status, await unknown.json()]).toEqual([400, expect.objectContaining({ invalid: [{ name: "postcode", reason: expect.stringContaining("US") as string }] })]);
  });

  it("is answered in pages that hold each record once", async () => {
    const first = await list("service", "/services?per_page=2");
    const pages = await Promise.all(Array.from({ length: first.total_pages }, (_, index) => list("service", `/services?per_page=2&page=${index + 1}`)));
    const ids = pages.flatMap(({ contents }) => contents.map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids.length).toBe(first.total_items);
    expect([pages.at(0)?.first_page, pages.at(-1)?.last_page, pages.at(0)?.last_page]).toEqual([true, true, false]);
    expect(await list("service", `/services?per_page=2&page=${first.total_pages + 5}`)).toMatchObject({ empty: true, size: 0, last_page: true });
  });

  it("by form as by JSON, and its words stand in no address and are stored nowhere", async () => {
    const answer = await app.request("/hsds/services", { method: "POST", headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" }, body: new URLSearchParams({ search: "luna" }) });
    expect([answer.status, answer.headers.get("cache-control"), answer.headers.get("access-control-allow-origin")]).toEqual([200, "no-store", "*"]);
    expect(((await answer.json()) as Page<"service">).contents.map(({ id }) => id)).toEqual([rich]);
    expect((await get("/services?search=luna")).headers.get("cache-control")).toBe("no-store");
  });

  it("that cannot be read is answered kindly, each thing by its name, in her language", async () => {
    const answer = await get("/services?per_page=5000&page=0&modifed_after=2026&format=xml&full=maybe&full=true", { "accept-language": "es" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    const { title, invalid } = (await answer.json()) as { title: string; invalid: { name: string; reason: string }[] };
    expect(title).toBe("Eso no se pudo preguntar");
    expect(invalid.map(({ name }) => name).sort()).toEqual(["format", "full", "modifed_after", "page"]);
    expect((await post("/services", [1])).status).toBe(400);
    expect(await (await get("/services?per_page=5000")).json()).toMatchObject({ invalid: [{ reason: "One page has at most 1,000 of these." }] });
    expect(await (await get("/services?per_page=1000&page=101")).json()).toMatchObject({ invalid: [{ name: "page" }] });
    expect((await get("/services?minimal=true&full=true")).status).toBe(400);
    expect((await get("/service_at_locations?proximity=100")).status).toBe(400);
  });

  it.each(["/services/nothing", `/services/${idOf("nobody")}`, `/organizations/${idOf("nobody")}`, "/taxonomies/1", "/locations", `/service_at_locations/${rich}`])("%s is nowhere", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe("asking again", () => {
  it("costs nothing while nothing has changed", async () => {
    const first = await get(`/services/${rich}`);
    const [etag, at] = [first.headers.get("etag") ?? "", first.headers.get("last-modified") ?? ""];
    expect(at).toBe("Thu, 26 Nov 2026 03:00:00 GMT");
    expect((await get(`/services/${rich}`, { "if-none-match": `"x", ${etag}` })).status).toBe(304);
    expect((await get(`/services/${rich}`, { "if-modified-since": at })).status).toBe(304);
    expect((await get(`/services/${rich}`, { "if-none-match": '"x"', "if-modified-since": at })).status).toBe(200);
  });

  it("is sent packed to whoever takes it, pages and lines alike", async () => {
    for (const path of ["/services?full=true", "/services?full=true&format=ndjson"]) {
      const answer = await get(path, { "accept-encoding": "gzip" });
      expect(answer.headers.get("content-encoding"), path).toBe("gzip");
      expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString(), path).toBe(await (await get(path)).text());
    }
  });
});

test("it says which version it speaks and where it is described", async () => {
  for (const path of ["", "/"]) expect(await (await get(path)).json()).toEqual({ version: "3.1", profile: "http://localhost/hsds/docs", openapi_url: "http://localhost/hsds/openapi.json" });
});

test("a confirmation is a change that consumers learn of, and a list since then holds nothing else", async () => {
  const id = await makeListing(house, {});
  house.setClock("2029-11-30T03:00:00Z");
  await confirmListing(house, id);
  expect((await list("service", "/services?modified_after=2029-11-30T03:00:00Z")).contents.map((service) => service.id)).toEqual([id]);
  expect((await list("service", "/services?modified_after=2029-11-30T04:00:00%2B01:00")).total_items).toBe(1);
  expect((await list("service", "/services?modified_after=2029-11-30T03:00:00.001Z")).total_items).toBe(0);
});
