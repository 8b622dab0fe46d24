import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { SourceId } from "../types.ts";
import { rowsAPage, standingOf, type Standing } from "./rules.ts";
import { byFile, type Counts, type ImportId, type Mapping, type Source, type SourceKind } from "./types.ts";

/** One reading as a coordinator sees it. */
export type ReadingSeen = {
  readonly id: ImportId;
  readonly source: Source;
  readonly fileName: string | undefined;
  readonly by: string | undefined;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | undefined;
  readonly standing: Standing;
  readonly upload: string | undefined;
  readonly counts: Counts;
  readonly refused: string | undefined;
  readonly refusedDetail: string;
  readonly duplicates: number;
  readonly conflicts: number;
};

const readings = (db: Reader) =>
  db
    .selectFrom("directory_imports as i")
    .innerJoin("directory_sources as s", "s.id", "i.source_id")
    .leftJoin("members as m", "m.id", "i.member_id")
    .select(["i.id", "i.file_name", "i.started_at", "i.finished_at", "i.asked_at", "i.upload", "i.counts", "i.refused", "i.refused_detail", "i.duplicates", "i.conflicts", "m.name as by"])
    .select(["s.id as source_id", "s.name as source", "s.kind", "s.country", "s.mapping"]);

type Row = Awaited<ReturnType<ReturnType<typeof readings>["execute"]>>[number];

function seen(row: Row): ReadingSeen {
  const { finished_at, asked_at } = row;
  const [upload, refused] = [row.upload ?? undefined, row.refused ?? undefined];
  return {
    id: row.id as ImportId,
    source: sourceFrom({ ...row, id: row.source_id, name: row.source }),
    fileName: row.file_name ?? undefined,
    by: row.by ?? undefined,
    startedAt: row.started_at,
    finishedAt: finished_at ?? undefined,
    standing: standingOf({ finishedAt: finished_at ?? undefined, askedAt: asked_at ?? undefined, upload, refused }),
    upload,
    counts: row.counts as Counts,
    refused,
    refusedDetail: row.refused_detail ?? "",
    duplicates: row.duplicates ?? 0,
    conflicts: row.conflicts ?? 0,
  };
}

const sourceFrom = (row: { id: string; name: string; kind: string; country: string | null; mapping: unknown }, otherwise = "US"): Source => ({ id: row.id as SourceId, name: row.name, kind: row.kind as SourceKind, country: row.country ?? otherwise, mapping: (row.mapping as Mapping | null) ?? undefined });

/** The last readings, the newest first. */
export async function readingsNow(db: Reader, _scope: StaffScope, limit = 40): Promise<readonly ReadingSeen[]> {
  return (await readings(db).orderBy("i.started_at", "desc").orderBy("i.id", "desc").limit(limit).execute()).map(seen);
}

export async function readingById(db: Reader, _scope: StaffScope, id: ImportId): Promise<ReadingSeen | undefined> {
  const row = await readings(db).where("i.id", "=", id).executeTakeFirst();
  return row && seen(row);
}

export async function sourceById(db: Reader, id: string): Promise<Source | undefined> {
  const row = await db.selectFrom("directory_sources").select(["id", "name", "kind", "country", "mapping"]).where("id", "=", id).executeTakeFirst();
  return row && sourceFrom(row);
}

/** Whatever its capital letters are, by the rules that the table compares names by. Where it does not say where its places are, they are in `otherwise`. */
export async function sourceByName(db: Reader, name: string, otherwise?: string): Promise<Source | undefined> {
  const row = await db.selectFrom("directory_sources").select(["id", "name", "kind", "country", "mapping"]).where(sql`lower(name)`, "=", sql`lower(${name})`).executeTakeFirst();
  return row && sourceFrom(row, otherwise);
}

/** Sources that files came from before. */
export async function fileSources(db: Reader, _scope: StaffScope): Promise<readonly Source[]> {
  const rows = await db.selectFrom("directory_sources as s").select(["s.id", "s.name", "s.kind", "s.country", "s.mapping"]).where("s.kind", "in", byFile).where((eb) => eb.exists(eb.selectFrom("directory_imports as i").select("i.id").whereRef("i.source_id", "=", "s.id"))).orderBy("s.name").execute();
  return rows.map((row) => sourceFrom(row));
}

/** What became of one row of a file, and why. */
export type RowSeen = { readonly file: string; readonly line: number; readonly key: string; readonly fate: "merged" | "refused" | "noted"; readonly reason: string; readonly detail: string };

const rowsOf = (db: Reader, id: ImportId) => db.selectFrom("directory_import_rows").select(["file", "line", "record_key", "fate", "reason", "detail"]).where("import_id", "=", id).orderBy("file").orderBy("line").orderBy("reason").orderBy("detail");
const rowSeen = (row: { file: string; line: number; record_key: string | null; fate: string; reason: string; detail: string }): RowSeen => ({ file: row.file, line: row.line, key: row.record_key ?? "", fate: row.fate as RowSeen["fate"], reason: row.reason, detail: row.detail });

/** Refused rows, in the order of their files; `page` begins with 1. */
export async function refusedRows(db: Reader, _scope: StaffScope, id: ImportId, page: number): Promise<readonly RowSeen[]> {
  return (await rowsOf(db, id).where("fate", "=", "refused").limit(rowsAPage).offset((page - 1) * rowsAPage).execute()).map(rowSeen);
}

/** Every row of which there is something to say, some thousand at a time. */
export async function* rowsToSay(db: Reader, _scope: StaffScope, id: ImportId): AsyncGenerator<readonly RowSeen[]> {
  const some = 5_000;
  for (let from = 0; ; from += some) {
    const rows = (await rowsOf(db, id).limit(some).offset(from).execute()).map(rowSeen);
    if (rows.length > 0) yield rows;
    if (rows.length < some) return;
  }
}
