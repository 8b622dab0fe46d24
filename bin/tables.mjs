// Writes platform/db/tables.ts from a freshly migrated database, so that every column a query names is checked by the compiler.
// With `--verify URL` it writes nothing and fails where the file and that database differ.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const types = { timestamptz: "Temporal.Instant", date: "Temporal.PlainDate", time: "Temporal.PlainTime", int8: "number" };

function generate(url, ...more) {
  const args = ["--dialect", "postgres", "--url", url, "--out-file", "platform/db/tables.ts", "--default-schema", "public", "--include-pattern", "public.*", "--type-mapping", JSON.stringify(types), ...more];
  return spawnSync(process.execPath, ["node_modules/kysely-codegen/dist/cli/bin.js", ...args], { stdio: "inherit" }).status ?? 1;
}

const [flag, at] = process.argv.slice(2);
if (flag === "--verify") process.exit(generate(at, "--verify"));

const { startEmbedded } = await import("../platform/db/embedded.ts");
const { migrate } = await import("../platform/db/migrate.ts");
const { openPool } = await import("../platform/db/database.ts");
const dataDir = mkdtempSync(join(tmpdir(), "small-hours-tables-"));
const server = await startEmbedded({ dataDir, log: () => undefined });
const pool = openPool(server.url);
await migrate(pool);
await pool.end();
const status = generate(server.url);
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(status);
