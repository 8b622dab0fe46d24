import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { prepareJobs } from "../jobs/jobs.ts";
import { pino } from "pino";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One real PostgreSQL for a whole test run, with a migrated template that each test file copies. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "small-hours-test-"));
  const server = await startEmbedded({ dataDir, log: () => undefined });
  const admin = new pg.Pool({ connectionString: server.url });
  await admin.query("create database template_small_hours");
  await admin.end();
  const pool = new pg.Pool({ connectionString: databaseAt(server.url, "template_small_hours") });
  await migrate(pool);
  await prepareJobs(pool, pino({ level: "silent" }));
  await pool.end();
  project.provide("databaseUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** The same server's other database. */
export function databaseAt(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
