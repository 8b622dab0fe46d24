import pg from "pg";
import { type BackupKey, BackupRefused } from "./backup-seal.ts";
import { startEmbedded } from "./embedded.ts";

/**
 * The backup key that the environment names: BACKUP_PASSPHRASE (at least 16 characters), or BACKUP_KEY (32 bytes as hex or base64).
 * Throws BackupRefused where there is none, or both.
 */
export function backupKey({ BACKUP_PASSPHRASE: passphrase, BACKUP_KEY: key }: NodeJS.ProcessEnv): BackupKey {
  if (passphrase && key) throw new BackupRefused("Set BACKUP_PASSPHRASE or BACKUP_KEY, not both.");
  if (passphrase) {
    if (passphrase.length < 16) throw new BackupRefused("BACKUP_PASSPHRASE is too short: 16 characters or more, for instance five random words.");
    return { passphrase };
  }
  if (!key) throw new BackupRefused("Set BACKUP_PASSPHRASE, or BACKUP_KEY (32 bytes as hex or base64). Keep it apart from the backup: without it the backup cannot be read.");
  const bytes = Buffer.from(key, /^[0-9a-f]{64}$/i.test(key) ? "hex" : "base64");
  if (bytes.length !== 32) throw new BackupRefused("BACKUP_KEY must be 32 bytes, as 64 hex digits or as base64.");
  return { key: bytes };
}

/** Does something with the database that the environment names: DATABASE_URL, or the one in the folder DATA_DIR (./data). */
export async function withDatabaseAt<T>({ DATABASE_URL: url, DATA_DIR: dataDir = "data" }: NodeJS.ProcessEnv, work: (url: string) => Promise<T>): Promise<T> {
  const embedded = url ? undefined : await startEmbedded({ dataDir, log: () => undefined });
  try {
    return await work(url ?? embedded?.url ?? "");
  } finally {
    await embedded?.stop();
  }
}

/** The same through a pool that asks for nobody. */
export const withDatabase = <T>(environment: NodeJS.ProcessEnv, work: (pool: pg.Pool) => Promise<T>): Promise<T> =>
  withDatabaseAt(environment, async (connectionString) => {
    const pool = new pg.Pool({ connectionString, max: 2, application_name: "small-hours-backup" });
    pool.on("error", () => undefined);
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  });
