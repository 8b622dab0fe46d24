import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { Problems } from "../../../../platform/http/form.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import type { HandedIn } from "../../../../platform/http/upload.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { beginImport, runImport, sourceNamed } from "../commands.ts";
import { uploadLimits } from "../files/rules.ts";
import type { UploadForm } from "../forms.ts";
import { sourceById, sourceByName } from "../queries.ts";
import { lookInto } from "../reading/queries.ts";
import { plainFileName } from "../rules.ts";
import { byFile, WholeRefused, type ImportId, type Looked, type Mapping, type Source, type SourceKind } from "../types.ts";

/** Bytes of one file that a page takes. Larger ones come in by `npm run directory:import`. */
export const uploadBytes = 200_000_000;
/** A file that nobody said yes to goes after two days. */
const waitsFor = { hours: 48 } as const;
const incoming = "incoming";

const folderOf = (house: House): string => join(house.environment.DATA_DIR, "uploads");
const forget = (house: House, upload: string): Promise<void> => rm(join(folderOf(house), upload.split("/")[0] ?? upload), { recursive: true, force: true });
/** Where the file of this name comes in. */
export const incomingPath = (house: House, upload: string): string => join(folderOf(house), upload, incoming);

export type NotTaken = { readonly problems: Problems; readonly detail?: string };

/** Keeps a file that has come in until somebody has looked at what it holds. One that can't be read is not kept at all. */
export async function keepUpload(house: House, scope: StaffScope, upload: string, file: HandedIn, form: UploadForm): Promise<{ readonly importId: ImportId } | NotTaken> {
  const name = plainFileName(file.name);
  const at = `${upload}/${name}`;
  try {
    await rename(incomingPath(house, upload), join(folderOf(house), at));
    const known = form.known ? await sourceById(house.db, form.known) : await sourceByName(house.db, form.name);
    if (known ? !byFile.includes(known.kind) : form.known) {
      await forget(house, upload);
      return { problems: { name: "nameTaken" } };
    }
    await lookInto(join(folderOf(house), at), uploadLimits, known?.mapping);
    const source = known ?? (await sourceNamed(house, { name: form.name, country: form.country }));
    return { importId: await beginImport(house, { source, memberId: scope.member.memberId, fileName: file.name.replaceAll("\0", "").slice(-120) || name, upload: at }) };
  } catch (error) {
    await forget(house, upload);
    if (error instanceof WholeRefused) return { problems: { file: `whole_${error.reason}` }, detail: error.detail };
    throw error;
  }
}

export const forgetIncoming = forget;

/** What the file that waits here holds; a refusal where it can't be read any more. */
export async function lookAtUpload(house: House, upload: string, source: Source): Promise<Looked | WholeRefused> {
  try {
    return await lookInto(join(folderOf(house), upload), uploadLimits, source.mapping);
  } catch (error) {
    if (error instanceof WholeRefused) return error;
    throw error;
  }
}

/** Somebody has seen what is in the file and wants it read. What its columns are is kept with its source, for the next file. False: it waits no more. */
export const beginUpload = (house: House, { member }: StaffScope, id: ImportId, mapping: Mapping | undefined): Promise<boolean> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const row = await tx.updateTable("directory_imports").set({ asked_at: now }).where("id", "=", id).where("upload", "is not", null).where("asked_at", "is", null).where("finished_at", "is", null).returning("source_id").executeTakeFirst();
    if (!row) return false;
    if (mapping) await tx.updateTable("directory_sources").set({ mapping: JSON.stringify(mapping), kind: "airs" satisfies SourceKind }).where("id", "=", row.source_id).execute();
    await audit(tx, { memberId: member.memberId, act: "began_import", subjectKind: "import", subjectId: id });
    await addJob("read-upload", { importId: id }, { key: `read-upload ${id}`, maxAttempts: 3 });
    return true;
  });

/** Lets go of a file that waits. False: it waits no more. */
export async function dropUpload(house: House, _scope: StaffScope, id: ImportId): Promise<boolean> {
  const row = await house.db.deleteFrom("directory_imports").where("id", "=", id).where("upload", "is not", null).where("asked_at", "is", null).where("finished_at", "is", null).returning("upload").executeTakeFirst();
  if (row?.upload) await forget(house, row.upload);
  return row !== undefined;
}

/** Reads a file in; again from its beginning, where a process ended in the middle. */
export async function readUploadIn(house: House, id: ImportId): Promise<void> {
  const row = await house.db.selectFrom("directory_imports").select(["source_id", "upload", "finished_at"]).where("id", "=", id).executeTakeFirst();
  const source = row && (await sourceById(house.db, row.source_id));
  if (!row?.upload || row.finished_at || !source) return;
  await runImport(house, id, join(folderOf(house), row.upload), { source, limits: uploadLimits }).finally(() => forget(house, row.upload ?? ""));
}

/** Files that nobody said yes to in two days go, and what lies in their folder without anybody knowing of it. */
export async function forgetOldUploads(house: House): Promise<void> {
  const old = house.now().subtract(waitsFor);
  await house.db.deleteFrom("directory_imports").where("upload", "is not", null).where("asked_at", "is", null).where("finished_at", "is", null).where("started_at", "<", old).execute();
  await mkdir(folderOf(house), { recursive: true, mode: 0o700 });
  const kept = new Set((await house.db.selectFrom("directory_imports").select("upload").where("upload", "is not", null).execute()).map(({ upload }) => upload?.split("/")[0]));
  for (const entry of await readdir(folderOf(house), { withFileTypes: true })) if (!kept.has(entry.name) && (await isOld(join(folderOf(house), entry.name), old))) await forget(house, entry.name);
}

const isOld = async (path: string, than: Instant): Promise<boolean> => (await stat(path)).mtimeMs < than.epochMilliseconds;
