import { createHash } from "node:crypto";
import { sql } from "kysely";
import { NIL } from "uuid";
import type { Reader } from "../../../../platform/db/database.ts";
import { archiveOf, type Packed } from "../../../../platform/http/archive.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { idsOf, isLocationShown, isOrganizationShown } from "../asks/queries.ts";
import { tabular, type Noun, type Table } from "../forms.ts";
import { partsOf } from "../parts/queries.ts";
import { written } from "../parts/rules.ts";
import type { Roots } from "../parts/types.ts";
import { taxonomiesOf, termsOf } from "../queries.ts";
import type { ListName } from "../rules.ts";
import { anyOf, isShown } from "../standing/queries.ts";
import { headingsOf, linesOf, packageOf, standInId, type About, type Row, type Written } from "./rules.ts";

/** Records that are made at a time. */
const batch = 500;

type Root = keyof Roots;
const nobody: Roots = { services: [], places: [], locations: [], organizations: [] };
const everywhere: readonly Root[] = ["organizations", "services", "places", "locations"];

/** What the records of each noun hang on; those of each root together, so that each record comes once. */
const hangsOn: Partial<Readonly<Record<Noun, readonly Root[]>>> = {
  organization: ["organizations"],
  program: ["organizations"],
  service: ["services"],
  location: ["locations"],
  service_at_location: ["places"],
  address: ["locations"],
  schedule: ["services", "places", "locations"],
  funding: ["organizations", "services"],
  service_area: ["services", "places"],
  required_document: ["services"],
  accessibility: ["locations"],
  cost_option: ["services"],
  organization_identifier: ["organizations"],
  unit: ["services"],
  service_capacity: ["services"],
  url: ["organizations", "services"],
};

/**
 * All that is shown of the directory at the moment `about.at`, as an archive of the standard's tables: made as it is read, some hundred records at a
 * time. `db` may be a transaction, and all tables are then of one moment; otherwise a record that goes while they are made may be named by one that stays.
 */
export const exportOf = (db: Reader, about: About): AsyncGenerator<Uint8Array> => archiveOf(filesOf(db, about), about.at);

async function* filesOf(db: Reader, about: About): AsyncGenerator<Packed> {
  const done: Written[] = [];
  for (const table of tabular) {
    const digest = createHash("sha256");
    let bytes = 0;
    yield {
      name: table.file,
      pieces: (async function* () {
        for await (const lines of textOf(db, table, about.at)) {
          digest.update(lines);
          bytes += Buffer.byteLength(lines);
          yield lines;
        }
      })(),
    };
    done.push({ file: table.file, bytes, sha256: digest.digest("hex") });
  }
  yield { name: "datapackage.json", pieces: [packageOf(about, done)] };
}

async function* textOf(db: Reader, table: Table, at: Instant): AsyncGenerator<string> {
  yield headingsOf(table);
  for await (const rows of rowsOf(db, table.noun, at)) if (rows.length > 0) yield linesOf(table, rows);
}

async function* rowsOf(db: Reader, noun: Noun, at: Instant): AsyncGenerator<readonly Row[]> {
  if (noun === "taxonomy" || noun === "taxonomy_term") yield* listed(db, noun, at);
  else if (noun === "meta_table_description") yield* describing(db);
  else for (const root of hangsOn[noun] ?? everywhere) yield* hanging(db, noun, root, at);
}

async function* listed(db: Reader, noun: "taxonomy" | "taxonomy_term", at: Instant): AsyncGenerator<readonly Row[]> {
  for await (const ids of inBatches((after) => idsOf(db, noun === "taxonomy" ? "taxonomies" : "taxonomy_terms", {}, at, { after, limit: batch }))) yield noun === "taxonomy" ? taxonomiesOf(db, ids) : termsOf(db, ids);
}

/** What a source says of its own tables hangs on nothing. */
async function* describing(db: Reader): AsyncGenerator<readonly Row[]> {
  const rows = await db.selectFrom("carried").select(["id", "body"]).where("noun", "=", "meta_table_description").orderBy("id").execute();
  yield rows.flatMap(({ id, body }) => written("meta_table_description", { id, more: body }) ?? []);
}

/** Records that hang on roots of one kind, without links to what is not shown. */
async function* hanging(db: Reader, noun: Noun, root: Root, at: Instant): AsyncGenerator<readonly Row[]> {
  const units = new Set<string>();
  for await (const ids of rootsOf(db, root, at)) {
    const parts = await partsOf(db, { ...nobody, [root]: ids }, at, [noun]);
    const found: readonly Row[] = noun === "unit" ? (parts.service_capacity ?? []).flatMap(({ record: { unit } }) => (units.has(unit.id) ? [] : [units.add(unit.id) && unit])) : (parts[noun] ?? []).map(({ record }) => record);
    const rows = await withoutLost(db, found, { root, ids }, at);
    if (noun === "organization") yield [...rows, ...(await standIns(db, ids, at))];
    else yield noun === "service" ? rows.map((row) => (row["organization_id"] === undefined ? { ...row, organization_id: standInId(row.id) } : row)) : rows;
  }
}

async function* inBatches(next: (after: string) => Promise<readonly { readonly id: string }[]>): AsyncGenerator<readonly string[]> {
  for (let after: string = NIL; ; ) {
    const ids = (await next(after)).map(({ id }) => id);
    if (ids.length > 0) yield ids;
    if (ids.length < batch) return;
    after = ids.at(-1) ?? after;
  }
}

const listOf: Readonly<Partial<Record<Root, ListName>>> = { services: "services", places: "service_at_locations" };
const ofNobody = (at: Instant) => sql`select md5('organization/' || id)::uuid as id, name from services where organization_id is null and ${isShown("services.id", at)}`;

/**
 * Roots that are shown, in the order of their ids, so many at a time however many are not shown between them: two directories that show the same
 * make the same batches. Each part of the table is looked at once.
 */
async function* rootsOf(db: Reader, root: Root, at: Instant): AsyncGenerator<readonly string[]> {
  const waiting: string[] = [];
  for await (const some of inBatches((after) => someOf(db, root, at, after))) {
    waiting.push(...(await shownOf(db, root, some, at)).toSorted());
    while (waiting.length >= batch) yield waiting.splice(0, batch);
  }
  if (waiting.length > 0) yield waiting;
}

const tableOf: Readonly<Record<Root, string>> = { services: "services", places: "services_at_locations", locations: "locations", organizations: "organizations" };

/** Roots whether they are shown or not; among the organizations also those that a service stands in for. */
async function someOf(db: Reader, root: Root, at: Instant, after: string): Promise<readonly { readonly id: string }[]> {
  const own = sql`(select id from ${sql.table(tableOf[root])} where id > ${after} order by id limit ${batch})`;
  const every = root === "organizations" ? sql`${own} union all select id from (${ofNobody(at)}) as nobody where id > ${after}` : own;
  return (await sql<{ id: string }>`select id from (${every}) as candidates order by id limit ${batch}`.execute(db)).rows;
}

async function standIns(db: Reader, ids: readonly string[], at: Instant): Promise<Row[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from (${ofNobody(at)}) as nobody where ${anyOf("id", ids)}`.execute(db);
  return rows.flatMap((row) => written("organization", row) ?? []);
}

const rootOf: Readonly<Record<string, Root>> = { organization_id: "organizations", parent_organization_id: "organizations", service_id: "services", location_id: "locations", service_at_location_id: "places" };
const carriedLinks = ["program_id", "contact_id"] as const;

type Known = { readonly root: Root; readonly ids: readonly string[] };

/** The same rows; a link to a record that is not shown is left out of them. */
async function withoutLost(db: Reader, rows: readonly Row[], known: Known, at: Instant): Promise<readonly Row[]> {
  const shown = new Map<Root, Set<string>>([[known.root, new Set(known.ids)]]);
  const look = async (root: Root, ids: readonly unknown[]): Promise<void> => {
    const here = shown.get(root) ?? new Set();
    shown.set(root, here);
    const unknown = [...new Set(ids.filter((id): id is string => typeof id === "string" && !here.has(id)))];
    for (const id of await shownOf(db, root, unknown, at)) here.add(id);
  };
  for (const [column, root] of Object.entries(rootOf)) await look(root, rows.map((row) => row[column]));
  const named = carriedLinks.flatMap((column) => rows.flatMap((row) => (typeof row[column] === "string" ? [row[column]] : [])));
  const carried = named.length === 0 ? [] : await db.selectFrom("carried").select(["id", "link_entity", "link_id"]).where(anyOf("id", named)).execute();
  for (const { link_entity, link_id } of carried) await look(rootOf[`${link_entity}_id`] ?? "services", [link_id]);
  const standing = new Set(carried.filter(({ link_entity, link_id }) => shown.get(rootOf[`${link_entity}_id`] ?? "services")?.has(link_id)).map(({ id }) => id));
  const isLost = (column: string, id: unknown): boolean => {
    const root = rootOf[column];
    if (root) return typeof id === "string" && !shown.get(root)?.has(id);
    return (column === "program_id" || column === "contact_id") && typeof id === "string" && !standing.has(id);
  };
  return rows.map((row) => (Object.entries(row).some(([column, id]) => isLost(column, id)) ? (Object.fromEntries(Object.entries(row).filter(([column, id]) => !isLost(column, id))) as Row) : row));
}

async function shownOf(db: Reader, root: Root, ids: readonly string[], at: Instant): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const list = listOf[root];
  if (list) return (await idsOf(db, list, {}, at, { limit: ids.length, among: ids })).map(({ id }) => id);
  const isThere = root === "locations" ? isLocationShown("locations.id", at) : isOrganizationShown("organizations.id", at);
  const shown = (await sql<{ id: string }>`select id from ${sql.table(root)} where ${anyOf("id", ids)} and ${isThere}`.execute(db)).rows.map(({ id }) => id);
  return root === "organizations" ? [...shown, ...(await standIns(db, ids, at)).map(({ id }) => id)] : shown;
}
