// npm run restore -- FILE
import { createReadStream, existsSync } from "node:fs";
import { backupKey, withDatabase } from "../platform/db/backup-place.ts";
import { BackupRefused } from "../platform/db/backup-seal.ts";
import { importFrom } from "../platform/db/backup.ts";
import { migrate } from "../platform/db/migrate.ts";

async function restore(file: string | undefined): Promise<void> {
  if (!file) throw new BackupRefused("From where? npm run restore -- FILE");
  if (!existsSync(file)) throw new BackupRefused(`${file} is not there.`);
  const key = backupKey(process.env);
  const { tables, rows } = await withDatabase(process.env, async (pool) => {
    await migrate(pool);
    return importFrom(pool, createReadStream(file), key);
  });
  console.log(`${file}: ${rows} rows of ${tables} tables restored.`);
}

await restore(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof BackupRefused ? error.message : error);
  process.exitCode = 1;
});
