import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import type pg from "pg";

const folder = new URL(import.meta.url.includes("/dist/") ? "../../../migrations/" : "../../migrations/", import.meta.url);

/** Every migration by name, in order of its time. */
export function migrations(): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), sql: readFileSync(new URL(file, folder), "utf8") }));
}

/**
 * Brings the database up to date: each missing migration in a transaction of its own, one process at a time.
 * Returns the names applied. Throws when a migration that was applied has since been changed. `all`: fewer, for a database as it was once.
 */
export async function migrate(pool: pg.Pool, all: readonly { readonly name: string; readonly sql: string }[] = migrations()): Promise<string[]> {
  const client = await pool.connect();
  const applied: string[] = [];
  try {
    await client.query("select pg_advisory_lock(hashtext('small-hours/migrate'))");
    await client.query(
      "create table if not exists migrations (name text primary key, digest text not null, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; digest: string }>("select name, digest from migrations");
    const known = new Map(rows.map(({ name, digest }) => [name, digest]));
    for (const { name, sql } of all) {
      const digest = createHash("sha256").update(sql).digest("hex");
      if (known.has(name)) {
        if (known.get(name) !== digest) throw new Error(`The migration ${name} was changed after it was applied. Write a new one instead.`);
        continue;
      }
      await client.query("begin; set local small_hours.who = 'house'");
      await client.query(sql);
      await client.query("insert into migrations (name, digest) values ($1, $2)", [name, digest]);
      await client.query("commit");
      applied.push(name);
    }
    return applied;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('small-hours/migrate'))");
    client.release();
  }
}
