// npm run backup -- FILE
import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { backupKey, withDatabase } from "../platform/db/backup-place.ts";
import { BackupRefused } from "../platform/db/backup-seal.ts";
import { exportTo } from "../platform/db/backup.ts";

async function backup(file: string | undefined): Promise<void> {
  if (!file) throw new BackupRefused("Where to? npm run backup -- FILE");
  if (existsSync(file)) throw new BackupRefused(`${file} is there already; a backup does not overwrite another.`);
  const key = backupKey(process.env);
  const unfinished = `${file}.unfinished`;
  try {
    // Under its own name only when it is whole and on the disk.
    const handle = await open(unfinished, "w", 0o600);
    const { tables, rows } = await withDatabase(process.env, (pool) => exportTo(pool, handle.createWriteStream({ flush: true }), key));
    await rename(unfinished, file);
    console.log(`${file}: ${rows} rows of ${tables} tables.`);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

await backup(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof BackupRefused ? error.message : error);
  process.exitCode = 1;
});
