import { setImmediate as breathe } from "node:timers/promises";
import { sql } from "kysely";
import type { Tx } from "../../../platform/db/database.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { networkNow } from "../../network/queries.ts";
import { topics } from "../events.ts";
import { relistMany } from "../listing/commands.ts";
import type { ServiceId, SourceId } from "../types.ts";
import { openFiles } from "./files/queries.ts";
import { commandLimits, type Limits } from "./files/rules.ts";
import { feed } from "./reading/commands.ts";
import { settle } from "./settling/commands.ts";
import { stateForSource } from "./settling/claims/commands.ts";
import { proposeDoubles } from "./settling/doubles/commands.ts";
import { openStage, type Stage } from "./staging/commands.ts";
import { sourceByName } from "./queries.ts";
import { fates, WholeRefused, type Account, type Counts, type Fate, type ImportId, type NoteReason, type Source, type SourceKind } from "./types.ts";

export type Wanted = { readonly name: string; readonly kind?: SourceKind; readonly country?: string; readonly licence?: string; readonly mapping?: Readonly<Record<string, string>>; readonly url?: string };

/** The source of this name, made if it is new. */
export async function sourceNamed(house: House, wanted: Wanted): Promise<Source> {
  const name = wanted.name.trim();
  const country = wanted.country ?? (await networkNow(house.db))?.country ?? "US";
  await house.db
    .insertInto("directory_sources")
    .values({ name, kind: wanted.kind ?? "tabular", country, licence: wanted.licence ?? null, url: wanted.url ?? null, mapping: wanted.mapping ? JSON.stringify(wanted.mapping) : null, made_at: house.now() })
    .onConflict((conflict) => conflict.expression(sql`lower(name)`).doNothing())
    .execute();
  const source = await sourceByName(house.db, name, country);
  if (!source) throw new Error("A source that was just made is not there.");
  return source;
}

type Reading = { readonly source: Source; readonly limits?: Limits; readonly memberId?: MemberId; readonly fileName?: string };

/**
 * Brings a folder, an archive or one table in, in one transaction: all of it that can be, with every row accounted for, or nothing.
 * A reading that is refused as a whole is an answer; what is a fault of ours is thrown, and leaves nothing either.
 */
export async function importFolder(house: House, path: string, source: string | Wanted, limits: Limits = commandLimits): Promise<Account> {
  const found = await sourceNamed(house, typeof source === "string" ? { name: source } : source);
  const importId = await beginImport(house, { source: found });
  return runImport(house, importId, path, { source: found, limits });
}

export async function beginImport(house: House, { source, memberId, fileName, upload }: Reading & { readonly upload?: string }): Promise<ImportId> {
  const row = await house.db
    .insertInto("directory_imports")
    .values({ source_id: source.id, member_id: memberId ?? null, started_at: house.now(), file_name: fileName ?? null, upload: upload ?? null })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id as ImportId;
}

export const runImport = (house: House, importId: ImportId, path: string, { source, limits = commandLimits }: Reading): Promise<Account> =>
  accountFor(house, importId, source, async (stage) => {
    const files = await openFiles(path, limits);
    try {
      return await feed(files, limits, source, house.now(), stage);
    } finally {
      files.close();
    }
  });

/** Whether what is read is our own, and complete: rows that it no longer gives are gone. */
export type Fed = { readonly verbatim: boolean };

/** One reading from whatever gives rows: staged, settled, claimed, compared and listed; then its account is written, in the same transaction. */
export async function accountFor(house: House, importId: ImportId, source: Source, give: (stage: Stage & { readonly pause: () => Promise<void> }, act: Act) => Promise<Fed>): Promise<Account> {
  try {
    return await inTransaction(house, async (act) => {
      const { tx } = act;
      if (!(await takeTurn(tx, source.id))) throw new WholeRefused("alreadyRunning");
      const stage = await openStage(tx);
      const fed = await give({ ...stage, pause: progress(house, importId, stage) }, act);
      await stage.finish();
      return settleAll(act, importId, source, stage, fed);
    });
  } catch (error) {
    const refused = error instanceof WholeRefused ? { reason: error.reason, detail: error.detail } : undefined;
    await house.db.updateTable("directory_imports").set({ finished_at: house.now(), refused: refused?.reason ?? "fault", refused_detail: refused?.detail ?? null, counts: "{}", upload: null }).where("id", "=", importId).execute();
    if (!refused) throw error;
    house.bus.tell([topics.tending]);
    return { importId, counts: {}, refused, written: 0, duplicates: 0, conflicts: 0 };
  }
}

/** One reading of a source at a time, on whatever process; false while another has its turn. The lock ends with the transaction, however that ends. */
export async function takeTurn(tx: Tx, sourceId: SourceId): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`import ${sourceId}`}, 0)) as mine`.execute(tx);
  return rows[0]?.mine === true;
}

const tellEveryMs = 2_000;

/** Between some hundred rows: writes what waits, lets others have the processor, and now and then says how far it is. */
function progress(house: House, importId: ImportId, stage: Stage): () => Promise<void> {
  let last = performance.now();
  return async () => {
    await stage.drain();
    await breathe();
    if (performance.now() - last < tellEveryMs) return;
    last = performance.now();
    const counts = Object.fromEntries([...stage.read].map(([file, { rows }]) => [file, { rows }]));
    await house.db.updateTable("directory_imports").set({ counts: JSON.stringify(counts) }).where("id", "=", importId).execute();
  };
}

async function settleAll(act: Act, importId: ImportId, source: Source, stage: Stage, { verbatim }: Fed): Promise<Account> {
  const { tx, now, tell } = act;
  const { rows } = await sql<{ fresh: boolean }>`select not exists (select from services where source_id = ${source.id}::uuid) and not exists (select from organizations where source_id = ${source.id}::uuid) and not exists (select from taxonomies where source_id = ${source.id}::uuid) as fresh`.execute(tx);
  const fresh = rows[0]?.fresh === true;
  const settled = await settle(tx, { sourceId: source.id, now, fresh, verbatim });
  const claimed = await stateForSource(tx, { sourceName: source.name, now });
  const duplicates = await proposeDoubles(tx, source.id, now);
  await relistMany(act, touched(tx), { first: fresh });
  const counts = await countsOf(tx, stage, settled);
  for (const [file, { rows: given, taken, merged, unchanged, refused }] of Object.entries(counts))
    if (given !== taken + merged + unchanged + refused) throw new Error(`${file}: of ${given} rows ${taken + merged + unchanged + refused} are accounted for.`);
  await sql`insert into directory_import_rows (import_id, file, line, record_key, fate, reason, detail)
    select ${importId}::uuid, f.name, r.at_line, nullif(r.key, ''), r.fate, r.reason, r.detail from stage_rows r join unnest(${stage.files}::text[]) with ordinality f (name, nth) on f.nth = r.at_file + 1 on conflict do nothing`.execute(tx);
  const written = settled.written + claimed + duplicates;
  await tx
    .updateTable("directory_imports")
    .set({ finished_at: now, counts: JSON.stringify(counts), written, duplicates, conflicts: settled.conflicts, upload: null })
    .where("id", "=", importId)
    .execute();
  tell(topics.tending);
  return { importId, counts, refused: undefined, written, duplicates, conflicts: settled.conflicts };
}

const relisted = 500;

/** The services that show anything of what was written, some at a time, in the order in which they came: what hangs on neighbours lies side by side. */
async function* touched(tx: Tx): AsyncGenerator<readonly ServiceId[]> {
  for (let from = 0; ; from += relisted) {
    const { rows } = await sql<{ id: ServiceId }>`select service_id as id from stage_now where nth > ${from} and nth <= ${from + relisted} order by nth`.execute(tx);
    if (rows.length === 0) return;
    yield rows.map(({ id }) => id);
  }
}

async function countsOf(tx: Tx, stage: Stage, { noted, gone }: Awaited<ReturnType<typeof settle>>): Promise<Counts> {
  const { rows } = await sql<{ at_file: number; fate: Fate; n: number }>`
    select at_file, fate, sum(n)::int as n from (select at_file, fate, n from stage_counts union all select at_file, fate, weight from stage_rows where fate in ('merged', 'refused')) x group by 1, 2`.execute(tx);
  const fateOf = (file: number, fate: Fate) => rows.find((row) => row.at_file === file && row.fate === fate)?.n ?? 0;
  return Object.fromEntries(
    stage.files.map((name, file) => {
      const notes: Partial<Record<NoteReason, number>> = Object.fromEntries(stage.read.get(name)?.notes ?? []);
      for (const one of noted) if (one.file === file) notes[one.reason] = (notes[one.reason] ?? 0) + one.count;
      const away = gone.filter(({ table }) => name.replace(/\.csv$/, "") === table || (table !== "services" && name.startsWith(table))).reduce((sum, { count }) => sum + count, 0);
      const each = Object.fromEntries(fates.map((fate) => [fate, fateOf(file, fate)])) as Record<Fate, number>;
      return [name, { rows: stage.read.get(name)?.rows ?? 0, ...each, notes, gone: away }];
    }),
  );
}
