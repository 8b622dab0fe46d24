import { gunzipSync } from "node:zlib";
import type { Reader } from "../../../../platform/db/database.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { SourceId } from "../../types.ts";
import type { ImportId, WholeReason } from "../types.ts";
import type { Answered } from "./rules.ts";

/** What was kept of one answer. The first says whether the other side is this program too; the last one what it shows no more. */
export type Page = { readonly ours?: boolean; readonly contents?: readonly Answered[]; readonly isLast?: boolean; readonly gone?: readonly string[] };

export async function pageKept(db: Reader, id: ImportId, nth: number): Promise<Page> {
  const { body } = await db.selectFrom("directory_pages").select("body").where("import_id", "=", id).where("nth", "=", nth).executeTakeFirstOrThrow();
  return JSON.parse(gunzipSync(body).toString()) as Page;
}

/** Every page that was kept, one after the other. */
export async function* pagesOf(db: Reader, id: ImportId): AsyncGenerator<Page> {
  for (const { nth } of await db.selectFrom("directory_pages").select("nth").where("import_id", "=", id).orderBy("nth").execute()) yield await pageKept(db, id, nth);
}

/** A directory that is read each night. */
export type ApiSource = { readonly id: SourceId; readonly name: string; readonly url: string; readonly readAt: Instant | undefined; readonly trouble: WholeReason | undefined; readonly troubleSince: Instant | undefined };

export async function apiSources(db: Reader, _scope: StaffScope): Promise<readonly ApiSource[]> {
  const rows = await db.selectFrom("directory_sources").select(["id", "name", "url", "read_at", "trouble", "trouble_since"]).where("kind", "=", "api").where("url", "is not", null).where("taken_away_at", "is", null).orderBy("name").execute();
  return rows.map((row) => ({ id: row.id as SourceId, name: row.name, url: row.url ?? "", readAt: row.read_at ?? undefined, trouble: (row.trouble as WholeReason | null) ?? undefined, troubleSince: row.trouble_since ?? undefined }));
}
