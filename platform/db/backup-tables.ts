import type { ClientBase } from "pg";
import { z } from "zod";

export const tableShape = z.object({ name: z.string(), columns: z.array(z.string()) });
export type Table = z.infer<typeof tableShape>;
export const sequenceShape = z.object({ name: z.string(), last: z.string(), called: z.boolean() });
export type Sequence = z.infer<typeof sequenceShape>;
export type ForeignKey = { name: string; from: string; to: string; deferrable: boolean; deferred: boolean };

/** The table in which the migrations note themselves; it is compared, not copied. */
const migrationsTable = "migrations";

const notOfAnExtension = (oid: string): string => `not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** A name as SQL writes it. */
export const quote = (...names: string[]): string => names.map((name) => `"${name.replaceAll('"', '""')}"`).join(".");

/** Every table of the schema with its columns (those that PostgreSQL computes left out), each after the tables it refers to. */
export async function readTables(client: ClientBase, schema: string): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $2 and ${notOfAnExtension("c.oid")}
     group by c.relname order by c.relname`,
    [quote(schema), migrationsTable],
  );
  return inOrder(rows, await readForeignKeys(client, schema));
}

export async function readForeignKeys(client: ClientBase, schema: string): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select k.conname::text as name, f.relname::text as from, t.relname::text as to, k.condeferrable as deferrable, k.condeferred as deferred
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and f.relnamespace = $1::regnamespace order by k.conname`,
    [quote(schema)],
  );
  return rows;
}

/** Parents first. Tables that refer to each other in a ring follow in the order of their names; `importFrom` checks those at its end. */
export function inOrder(tables: Table[], keys: ForeignKey[]): Table[] {
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const isFree = ({ name }: Table) => keys.every(({ from, to }) => from !== name || to === name || !waiting.has(to));
    const free = [...waiting.values()].filter(isFree);
    const next = free.length > 0 ? free : [...waiting.values()].slice(0, 1);
    for (const table of next) waiting.delete(table.name);
    ordered.push(...next);
  }
  return ordered;
}

export async function readSequences(client: ClientBase, schema: string): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'S' and ${notOfAnExtension("c.oid")} order by 1`,
    [quote(schema)],
  );
  const sequences: Sequence[] = [];
  for (const { name } of rows) {
    const { rows: states } = await client.query<Sequence>(`select last_value::text as last, is_called as called from ${quote(schema, name)}`);
    for (const state of states) sequences.push({ ...state, name });
  }
  return sequences;
}

/** The tables whose comment says that migrations bring rows into them. */
export async function readBrought(client: ClientBase, schema: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = $1::regnamespace and obj_description(oid, 'pg_class') = 'brought by migrations'`,
    [quote(schema)],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Throws where row-level security could hide a row from the house: on a table without its policy, or with one that narrows it. */
export async function refuseHidden(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and row_security_active(c.oid)
     and (not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'the_house' and p.polcmd = '*' and p.polroles = '{0}')
       or exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive))`,
    [quote(schema)],
  );
  if (rows.length > 0) throw new Error(`A copy could lack rows that row-level security hides: ${rows.map(({ name }) => name).join(", ")}.`);
}

/** The migrations that made this database; none where it keeps no such list. */
export async function readMigrations(client: ClientBase, schema: string): Promise<string[]> {
  const table = quote(schema, migrationsTable);
  const { rows: found } = await client.query<{ found: boolean }>("select to_regclass($1) is not null as found", [table]);
  if (!found[0]?.found) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${table} order by name`);
  return rows.map(({ name }) => name);
}

/**
 * What stands in the way of copying rows in as they are, in this transaction only: triggers that would act on them again, row-level
 * security, and foreign keys to tables that follow later. Returns the statements that put everything back.
 */
export async function standAside(client: ClientBase, schema: string, tables: Table[]): Promise<string[]> {
  const back: string[] = [];
  const order = new Map(tables.map(({ name }, place) => [name, place]));
  const change = async (table: string, to: string, from: string) => {
    await client.query(`alter table ${quote(schema, table)} ${to}`);
    back.push(`alter table ${quote(schema, table)} ${from}`);
  };
  const { rows: triggers } = await client.query<{ table: string; name: string; always: boolean }>(
    `select c.relname::text as table, t.tgname::text as name, t.tgenabled = 'A' as always from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = $1::regnamespace and not t.tgisinternal and t.tgparentid = 0 and t.tgenabled in ('O', 'A')`,
    [quote(schema)],
  );
  for (const { table, name, always } of triggers) {
    if (order.has(table)) await change(table, `disable trigger ${quote(name)}`, `enable ${always ? "always " : ""}trigger ${quote(name)}`);
  }
  const { rows: forced } = await client.query<{ table: string }>(
    "select relname::text as table from pg_class where relnamespace = $1::regnamespace and relforcerowsecurity",
    [quote(schema)],
  );
  for (const { table } of forced) await change(table, "no force row level security", "force row level security");
  for (const { name, from, to, deferrable, deferred } of await readForeignKeys(client, schema)) {
    if (deferred || (order.get(to) ?? -1) <= (order.get(from) ?? -1)) continue;
    await change(from, `alter constraint ${quote(name)} deferrable initially deferred`, `alter constraint ${quote(name)} ${deferrable ? "deferrable initially immediate" : "not deferrable"}`);
  }
  return back;
}
