import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { copyLine } from "../platform/db/copy.ts";
import { cardOf, now, type Service } from "./services.ts";

type Cell = string | number | readonly string[] | undefined;

function* packed(rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = "";
  for (const row of rows) {
    text += `${copyLine(row.map((cell) => cell ?? null))}\n`;
    if (text.length < 100_000) continue;
    yield text;
    text = "";
  }
  yield text;
}

async function copy(client: pg.PoolClient, table: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): Promise<void> {
  await pipeline(Readable.from(packed(rows)), client.query(copyFrom(`copy ${table} (${columns.join()}) from stdin`)));
}

const columns = ["id", "service_id", "kind", "card", "country", "latitude", "longitude", "tokens", "accepting", "accepting_until", "verified_at", "fresh_until", "sinks_at", "hidden_at", "changed_at"];
const moment = (at: number | undefined): string | undefined => (at === undefined || at === Infinity ? undefined : Temporal.Instant.fromEpochMilliseconds(at).toString());

const rowOf = (service: Service): readonly Cell[] => [
  service.id,
  service.id,
  service.kind,
  JSON.stringify(cardOf(service)),
  service.country,
  service.at?.latitude,
  service.at?.longitude,
  [...service.tokens],
  service.accepting,
  moment(service.acceptingUntil),
  moment(service.verifiedAt),
  moment(service.freshUntil),
  moment(service.sinksAt),
  moment(service.hiddenAt),
  moment(now),
];

const searched = "('listings', 'listing_search')";

/** Adds these to the table `listings`, which with its table to search has the indexes it had before; `services`: has a table of services too. */
export async function load(pool: pg.Pool, some: readonly Service[], { services }: { readonly services: boolean }): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ indexname: string; indexdef: string }>(`select indexname, indexdef from pg_indexes where tablename in ${searched} and indexname not like '%_pkey'`);
    for (const { indexname } of rows) await client.query(`drop index ${indexname}`);
    if (services) await copy(client, "services", ["id", "name", "kind", "edited_at"], some.map(({ id, kind }) => [id, "A service", kind, moment(now)]));
    await copy(client, "listings", columns, some.values().map(rowOf));
    await client.query("set maintenance_work_mem = '512MB'");
    for (const { indexdef } of rows) await client.query(indexdef);
    for (const table of services ? ["listings", "listing_search"] : ["listings"]) await client.query(`vacuum analyze ${table}`);
    await client.query("reset maintenance_work_mem");
  } finally {
    client.release();
  }
}

/** The sizes of the tables and each of their indexes. */
export async function sizes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; size: string }>(
    `select relname as name, pg_size_pretty(pg_relation_size(c.oid)) as size from pg_class c where relname in ${searched} and relkind = 'r' or c.oid in (select indexrelid from pg_index join pg_class t on t.oid = indrelid where t.relname in ${searched}) order by pg_relation_size(c.oid) desc`,
  );
  return rows.map(({ name, size }) => `${name} ${size}`).join(", ");
}
