import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { sql } from "kysely";
import type { House } from "../../../../platform/http/house.ts";
import { importFolder } from "../../imports/commands.ts";
import type { Account } from "../../imports/types.ts";
import { factId, factsTaxonomyId, taxonomyId } from "../../taxonomy/queries.ts";
import { exportOf } from "./queries.ts";

/** The whole archive, for tests. */
export async function exported(house: House): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportOf(house.db, { title: "Lantern", homepage: "https://lantern.example.org", at: house.now() })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Its files as text. */
export const filesIn = (archive: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, strFromU8(bytes)]));

export const rowsIn = (csv: string | undefined): Record<string, string>[] => parse(csv ?? "", { columns: true, record_delimiter: "\n" });

/** Nothing of the directory is here but the lists that each installation begins with. */
export async function emptyDirectory({ db }: House): Promise<void> {
  for (const name of ["listing_conflicts", "directory_import_rows", "directory_imports", "services", "organizations", "locations", "phones", "carried", "attributes"]) await sql`delete from ${sql.table(name)}`.execute(db);
  await sql`delete from taxonomies where id not in (${taxonomyId}, ${factsTaxonomyId})`.execute(db);
  await sql`delete from directory_sources`.execute(db);
}

/** Brings an archive into another directory. */
export async function bringInto(house: House, archive: Uint8Array, source = "Lantern"): Promise<Account> {
  const folder = mkdtempSync(join(tmpdir(), "small-hours-export-"));
  try {
    writeFileSync(join(folder, "export.zip"), archive);
    return await importFolder(house, join(folder, "export.zip"), source);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The tables of an archive as another directory gives them again: to the byte, but for two things that are each directory's own.
 * `last_modified` of a service says when its record changed here; and the days to wait are told only by whom they were confirmed to.
 */
export function kept(archive: Uint8Array): Record<string, unknown> {
  const { "datapackage.json": _package, "services.csv": services, "attributes.csv": attributes, ...tables } = filesIn(archive);
  const waits = new RegExp(`^[0-9a-f-]{36},[0-9a-f-]{36},${factId("wait_days")},.*\n`, "gm");
  return { ...tables, "attributes.csv": attributes?.replace(waits, ""), "services.csv": rowsIn(services).map(({ last_modified: _here, ...row }) => row) };
}
