import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse, type TestHouse } from "../../cast/test-house.ts";
import { furnishTheStreet } from "../../cast/street.ts";
import { hashToken, newToken } from "../../platform/crypto/seal.ts";
import { inTransaction } from "../../platform/db/transaction.ts";
import type { App } from "../../platform/http/app.tsx";
import { ownerScope } from "../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../platform/time/time.ts";
import { state } from "./claims/commands.ts";
import { byImport, confirmListing, makeListing, stranger } from "./factory.ts";
import { findListings, listingsOfShard, pocketOf, untokened } from "./finder/queries.ts";
import { askFor, scan } from "./finder/rules.ts";
import { quickIndex } from "./finder/quick/rules.ts";
import { packShard, unpackShard } from "./finder/shards/rules.ts";
import { acceptingAt } from "./claims/now/rules.ts";
import { filesIn, rowsIn } from "./hsds/export/factory.ts";
import { partsOf } from "./listing/queries.ts";
import { confirmNow, sayClosed, sayOpen, sayRoom } from "./renewal/commands.ts";
import { ownListing } from "./renewal/queries.ts";
import { byOwnerLink, byOwnerText } from "./renewal/rules.ts";
import { handleReports, reportListing } from "./reports/commands.ts";
import { kinds, type Accepting, type AreaId, type Kind, type ListingId, type ServiceId } from "./types.ts";

/*
 * The promise of the directory, held against random histories on the real tables and pages. What ought to be shown is reckoned here anew and
 * in the plainest way, with none of the program's rules: from what was said, when, and by whom.
 */

const wanted = Number(process.env["HISTORIES"] ?? 2000);
const [rounds, looks] = [20, 4];
const histories = Math.ceil(wanted / rounds / looks);
const days = { crisis_line: 30, warmline: 60, group: 60, provider: 90, resource: 90 } as const;
const minutesOfDay = 24 * 60;

let house: TestHouse;
let app: App;
beforeAll(async () => {
  house = await openTestHouse();
  await furnishTheStreet(house);
  app = createApp(house);
});

type Said = { readonly at: Instant; readonly confirmed: boolean };
type Room = { readonly value: Accepting; readonly at: Instant; readonly confirmed: boolean };
const facts = ["insurance", "cost", "hours"] as const;
type Fact = (typeof facts)[number];

/** What happened to one listing, as a person with a pencil would keep it. */
type Story = {
  readonly id: ServiceId;
  readonly listing: ListingId;
  readonly kind: Kind;
  about: Said;
  contact: Said;
  /** Of insurance, cost and hours: when each was last said. */
  facts: Readonly<Record<Fact, Instant>>;
  room: Room | undefined;
  /** What "full" took away, to be given back. */
  taken: Room | undefined;
  unreached: Instant[];
  away: Instant | undefined;
  closed: Instant | undefined;
};

const after = (at: Instant, count: number) => at.add({ minutes: count * minutesOfDay });
const roomAt = ({ room }: Story, at: Instant): Accepting | "unknown" => (room?.confirmed && isBefore(at, after(room.at, 14)) ? room.value : "unknown");

function isShownAt(story: Story, at: Instant): boolean {
  if (story.kind === "crisis_line") return true;
  const from = isBefore(story.about.at, story.contact.at) ? story.about.at : story.contact.at;
  const ends = [after(from, 2 * days[story.kind]), story.unreached[1] && after(story.unreached[1], 1), story.away, story.closed];
  return ends.every((end) => end === undefined || isBefore(at, end));
}

/** At twice its time it is never again silently a yes, however often the rest is confirmed. */
const isSaidAt = (story: Story, fact: Fact, at: Instant): boolean => isBefore(at, after(story.facts[fact], 2 * (fact === "insurance" ? 90 : days[story.kind])));

const events = ["call", "only_number", "only_number", "tap", "text_yes", "text_no", "link_waitlist", "edit", "import", "import_yes", "cannot_reach", "full", "unsafe", "confirmed", "not_so", "closed", "open"] as const;
type Event = (typeof events)[number];

/** Lets it happen in the house, and writes it down. */
async function happens(story: Story, event: Event): Promise<void> {
  const { id } = story;
  const at = house.now();
  const act = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(house, work);
  const scope = ownerScope(id, hashToken(newToken()));
  const confirmed = () => {
    story.about = story.contact = { at, confirmed: true };
    story.facts = { insurance: at, cost: at, hours: at };
    if (roomAt(story, at) !== "unknown") story.room = { value: story.room?.value ?? "no", at, confirmed: true };
  };
  const report = (kind: "cannot_reach" | "full" | "unsafe") => reportListing(house, { serviceId: id, kind, byWhom: stranger(randomUUID()) });
  const room = async (value: Accepting, stating: typeof byOwnerText) => {
    await act((tx) => sayRoom(tx, id, value, undefined, stating));
    story.room = { value, at, confirmed: true };
    story.taken = undefined;
  };
  switch (event) {
    case "call":
      await confirmListing(house, id);
      return confirmed();
    case "only_number":
      await act((tx) => state(tx, id, [{ field: "about", value: "x" }, { field: "contact", value: "x" }], byOwnerLink));
      story.about = story.contact = { at, confirmed: true };
      return;
    case "tap":
      await act((tx) => confirmNow(tx, id, byOwnerLink));
      story.closed = undefined;
      return confirmed();
    case "text_yes":
      return room("yes", byOwnerText);
    case "text_no":
      return room("no", byOwnerText);
    case "link_waitlist":
      return room("waitlist", byOwnerLink);
    case "edit":
      await act((tx) => state(tx, id, [{ field: "contact", value: randomUUID() }], { source: "our coordinator", method: "edit" }));
      story.contact = { at, confirmed: false };
      return;
    case "import":
      await act((tx) => state(tx, id, [{ field: "about", value: "x" }, { field: "contact", value: "x" }], byImport));
      story.about = story.contact = { at, confirmed: false };
      return;
    case "import_yes":
      await act((tx) => state(tx, id, [{ field: "accepting", value: "yes" }], byImport));
      story.room = { value: "yes", at, confirmed: false };
      return;
    case "cannot_reach":
      await report("cannot_reach");
      story.unreached.push(at);
      return;
    case "full":
      await report("full");
      if (story.room && story.room.value !== "no") [story.taken, story.room] = [story.room, undefined];
      return;
    case "unsafe":
      await report("unsafe");
      story.away ??= at;
      return;
    case "confirmed":
    case "not_so":
      await act((tx) => handleReports(tx, id, { outcome: event }));
      if (event === "not_so") story.room ??= story.taken;
      [story.unreached, story.away, story.closed, story.taken] = [[], undefined, undefined, undefined];
      return;
    case "closed":
      await act((tx) => sayClosed(house, tx, id));
      story.closed ??= at;
      return;
    case "open":
      await sayOpen(house, scope);
      story.closed = undefined;
  }
}

const everything = askFor("", { facets: [], accepting: false, near: undefined, within: undefined, country: undefined });
const withRoom = { ...everything, accepting: true };
const bySaid = { insurance: { ...everything, facets: [["i_medicaid"]] }, cost: { ...everything, facets: [["c_free"]] } };
const idsOf = (found: readonly { readonly listing: { readonly id: string } }[]) => new Set(found.map(({ listing }) => listing.id));

/** Looks at everything that shows listings, as of `at`. */
async function look(stories: readonly Story[], at: Instant, some: readonly Story[]): Promise<void> {
  const ms = at.epochMilliseconds;
  const shown = new Set<string>(stories.filter((story) => isShownAt(story, at)).map(({ listing }) => listing));
  const roomy = new Set<string>(stories.filter((story) => isShownAt(story, at) && roomAt(story, at) === "yes").map(({ listing }) => listing));
  const found = await findListings(house.db, everything, at, 10_000);
  expect(idsOf(found), "found").toEqual(shown);
  expect(idsOf(await findListings(house.db, withRoom, at, 10_000)), "found with room").toEqual(roomy);
  const pocket = unpackShard(packShard((await Array.fromAsync(listingsOfShard(house.db, "US-CA" as AreaId))).flat().map(untokened), "US-CA"));
  expect(idsOf(scan(pocket, everything, ms, 10_000)), "on the phone").toEqual(shown);
  expect(idsOf(scan(pocket, withRoom, ms, 10_000)), "on the phone, with room").toEqual(roomy);
  for (const fact of ["insurance", "cost"] as const) {
    const said = new Set<string>(stories.filter((story) => isShownAt(story, at) && isSaidAt(story, fact, at)).map(({ listing }) => listing));
    expect(idsOf(await findListings(house.db, bySaid[fact], at, 10_000)), `found by ${fact}`).toEqual(said);
    expect(idsOf(scan(pocket, bySaid[fact], ms, 10_000)), `by ${fact} on the phone`).toEqual(said);
    expect(idsOf(quickIndex(pocket).search(bySaid[fact], ms, 10_000)), `by ${fact} in memory`).toEqual(said);
  }
  const byListing = new Map(stories.map((story) => [story.listing as string, story]));
  for (const row of [...found.map(({ listing }) => pocketOf(listing)), ...pocket]) {
    const story = byListing.get(row.id);
    if (story) expect(acceptingAt(row.accepting, row.acceptingUntil, ms), `${row.kind} ${row.id}`).toBe(roomAt(story, at));
    expect(row.verifiedAt === undefined || row.card.checkedHow !== undefined, "a card says how it was checked").toBe(true);
  }
  for (const { listing } of found) expect(listing.card.source, "and whose word it is").not.toBe("");
  await lookAtRecords(stories, at);
  for (const story of some) await lookAtPage(story, at);
}

type Told = { readonly id: string; readonly capacities?: readonly { readonly available: number }[]; readonly metadata?: readonly { readonly replacement_value: string; readonly previous_value: string }[] };

/** What other programs are told: the same services, and room only while that answer counts. */
async function lookAtRecords(stories: readonly Story[], at: Instant): Promise<void> {
  const records = (await (await asked("/hsds/services?format=ndjson&full=true", at)).text()).split("\n").filter(Boolean).map((line) => JSON.parse(line) as Told);
  const told = new Map(records.map((record) => [record.id, record]));
  for (const story of stories) {
    expect(told.has(story.id), `${story.kind} as a record`).toBe(isShownAt(story, at));
    expect(told.get(story.id)?.capacities?.map(({ available }) => available) ?? [], `${story.kind}: room, as a record`).toEqual([freeAt(story, at)].filter((free) => free !== undefined));
    const history = (told.get(story.id)?.metadata ?? []).flatMap(({ replacement_value, previous_value }) => [replacement_value, previous_value]);
    expect(history.filter((value) => ["yes", "no", "waitlist"].includes(value)), `${story.kind}: nor by its history`).toEqual([]);
  }
}

/** The same, as tables. */
async function lookAtTables(stories: readonly Story[], at: Instant): Promise<void> {
  const tables = filesIn(new Uint8Array(await (await asked("/hsds/export.zip", at)).arrayBuffer()));
  const listed = new Set(rowsIn(tables["services.csv"]).map(({ id }) => id));
  const places = new Map(rowsIn(tables["service_capacity.csv"]).map(({ service_id, available }) => [service_id, Number(available)]));
  for (const story of stories) expect([listed.has(story.id), places.get(story.id)], `${story.kind} in tables, with room`).toEqual([isShownAt(story, at), freeAt(story, at)]);
}

const freeAt = (story: Story, at: Instant): number | undefined => (isShownAt(story, at) ? { yes: 1, no: 0, waitlist: 0, unknown: undefined }[roomAt(story, at)] : undefined);

/** Asks as of a moment. */
async function asked(path: string, at: Instant): Promise<Response> {
  const before = house.now();
  house.setClock(at);
  const answer = await app.request(path, { headers: { "accept-language": "en" } });
  const body = await answer.arrayBuffer();
  house.setClock(before);
  return new Response(body, answer);
}

async function lookAtPage(story: Story, at: Instant): Promise<void> {
  const page = await asked(`/listings/${story.listing}`, at);
  const text = await page.text();
  expect(page.status, `${story.kind} at its address`).toBe(isShownAt(story, at) ? 200 : 410);
  const main = text.slice(text.indexOf("<main"));
  if (page.status === 200) expect(main.includes("Has room now"), `${story.kind}: has room now`).toBe((story.kind === "crisis_line" || story.kind === "warmline" ? "unknown" : roomAt(story, at)) === "yes");
  if (page.status === 200) {
    const says = { insurance: main.includes("Medicaid"), cost: main.includes("Free"), hours: main.includes("Open at any hour") };
    for (const fact of facts) expect(says[fact], `${story.kind}: ${fact} on its page`).toBe(isSaidAt(story, fact, at));
  }
  const patients = /"isAcceptingNewPatients":(true|false)/.exec(text)?.[1];
  const taken = { yes: "true", no: "false", waitlist: undefined, unknown: undefined }[roomAt(story, at)];
  if (patients !== undefined) expect(patients, `${story.kind}: in schema.org's words`).toBe(taken);
  const own = await ownListing(house.db, ownerScope(story.id, Buffer.alloc(32)), at);
  expect(own?.accepting ?? "unknown", "to its owner").toBe(roomAt(story, at));
  for (const claim of (await partsOf(house.db, [story.id])).services[0]?.claims ?? []) {
    expect(claim.source, "each fact has a source").not.toBe("");
    expect(isBefore(house.now(), claim.statedAt), "and a day that has been").toBe(false);
  }
}

async function begin(index: number): Promise<Story> {
  const kind = kinds[index % kinds.length] ?? "group";
  const by = index % 3 === 0 ? { by: byImport } : {};
  const id = await makeListing(house, { kind, name: `Listing ${index}`, ...by, terms: ["i_medicaid", "c_free"], hours: [["MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59"]], ...(index % 2 === 0 ? { accepting: "yes" } : {}) });
  const { id: listing } = await house.db.selectFrom("listings").select("id").where("service_id", "=", id).executeTakeFirstOrThrow();
  const said = { at: house.now(), confirmed: by.by === undefined };
  return { id, listing: listing as ListingId, kind, about: said, contact: said, facts: { insurance: said.at, cost: said.at, hours: said.at }, room: index % 2 === 0 ? { value: "yes", ...said } : undefined, taken: undefined, unreached: [], away: undefined, closed: undefined };
}

test(`over ${wanted} time travels in 400 days no expired "yes" is said, nothing hidden is shown, crisis lines always are, and each fact has a source and a day`, async () => {
  const seed = Number(process.env["SEED"] ?? 20261126);
  const [pick] = fc.sample(fc.infiniteStream(fc.nat(2 ** 31 - 1)), { numRuns: 1, seed });
  const below = (count: number) => Number(pick?.next().value ?? 0) % count;
  house.setClock("2026-11-26T03:00:00Z");
  const stories: Story[] = [];
  for (let index = 0; index < histories; index++) stories.push(await begin(index));
  for (let round = 0; round < rounds; round++) {
    house.passTime({ minutes: below(40 * minutesOfDay) });
    for (const story of stories) {
      if (below(10) >= 5) continue;
      house.passTime({ minutes: 1 });
      await happens(story, events[below(events.length)] ?? "call");
    }
    for (let turn = 0; turn < looks; turn++) {
      const at = house.now().add({ minutes: below((turn === 0 ? 2 : 130) * minutesOfDay) });
      await look(stories, at, [0, 1].flatMap(() => stories[below(stories.length)] ?? []));
      if (turn === 0) await lookAtTables(stories, at);
    }
  }
}, 900_000);
