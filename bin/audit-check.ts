// npm run audit:check
import { checkAudit, sealAudit } from "../platform/audit/chain.ts";
import { masterKey } from "../platform/crypto/master-key.ts";
import { keysFrom } from "../platform/crypto/seal.ts";
import { withDatabaseAt } from "../platform/db/backup-place.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { wallClock } from "../platform/time/time.ts";

const { MASTER_KEY, DATA_DIR = "data", DATABASE_URL } = process.env;
const says = { changed: "was changed", gone: "was taken out", notSealed: "was put in past the program", linkGone: "comes after links that were taken out" } as const;

await withDatabaseAt(process.env, async (url) => {
  const db = openDatabase(openPool(url, 2));
  const house = { db, keys: keysFrom(masterKey(MASTER_KEY, DATA_DIR, DATABASE_URL !== undefined)) };
  await sealAudit(house, wallClock());
  const { sealed, wrong, head } = await checkAudit(house, wallClock());
  for (const { entryId, what } of wrong) console.log(`Entry ${entryId} ${says[what]}.`);
  console.log(`${sealed} entries are sealed. The chain ends with ${head.hash.toString("hex")}: compare it with the log.`);
  if (wrong.length > 0) process.exitCode = 1;
  await db.destroy();
});
