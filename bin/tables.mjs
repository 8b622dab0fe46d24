// Writes platform/db/tables.ts from a freshly migrated database, so that every column a query names is checked by the compiler.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";


const { startEmbedded } = await import("../platform/db/embedded.ts");
const { migrate } = await import("../platform/db/migrate.ts");
const { default: pg } = await import("pg");
const dataDir = mkdtempSync(join(tmpdir(), "small-hours-tables-"));
const server = await startEmbedded({ dataDir, log: () => undefined });
const pool = new pg.Pool({ connectionString: server.url });
await migrate(pool);
await pool.end();
const { status } = spawnSync(
  process.execPath,
  ["node_modules/kysely-codegen/dist/cli/bin.js", "--dialect", "postgres", "--url", server.url, "--out-file", "platform/db/tables.ts", "--default-schema", "public", "--include-pattern", "public.*", "--type-mapping", JSON.stringify({ timestamptz: "Temporal.Instant", date: "Temporal.PlainDate", time: "Temporal.PlainTime", int8: "number" })],
  { stdio: "inherit" },
);
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(status ?? 1);
