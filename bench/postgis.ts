import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { searchOf } from "../features/directory/finder/rules.ts";
import { openPool } from "../platform/db/database.ts";
import { chooseAccount, give, spawnAs } from "../platform/db/embedded-account.ts";
import { now, type Query } from "./services.ts";

const settings = ["fsync=on", "shared_buffers=128MB", "effective_cache_size=512MB", "maintenance_work_mem=64MB", "max_wal_size=512MB", "random_page_cost=1.1", "jit=off", "timezone=UTC", "listen_addresses="];

/** Debian's PostgreSQL with PostGIS, on a socket in a folder of its own, set as ours is; undefined where this machine has none. */
export async function startPostgis(): Promise<{ readonly pool: pg.Pool; readonly version: string; stop(): Promise<void> } | undefined> {
  const root = "/usr/lib/postgresql";
  const version = (existsSync(root) ? readdirSync(root) : []).find((each) => existsSync(`${root}/${each}/bin/initdb`) && existsSync(`/usr/share/postgresql/${each}/extension/postgis.control`));
  if (!version) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "small-hours-postgis-"));
  const account = chooseAccount(folder, join(folder, "none"));
  give(account, folder);
  const cluster = join(folder, "cluster");
  const made = spawnAs(account, `${root}/${version}/bin/initdb`, ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], { stdio: "ignore" });
  await once(made, "exit");
  const server = spawnAs(account, `${root}/${version}/bin/postgres`, ["-D", cluster, "-k", folder, ...settings.flatMap((setting) => ["-c", setting])], { stdio: "ignore" });
  const pool = openPool(`postgresql://postgres@/postgres?host=${encodeURIComponent(folder)}`, 4);
  for (let tries = 0; ; tries++) {
    try {
      await pool.query("select 1");
      break;
    } catch (error) {
      if (tries > 200) throw error;
      await pause(50);
    }
  }
  await pool.query(schema);
  const { rows } = await pool.query<{ version: string }>("select 'PostGIS ' || postgis_lib_version() || ' on PostgreSQL ' || current_setting('server_version') as version");
  return {
    pool,
    version: rows[0]?.version ?? "",
    async stop() {
      await pool.end();
      server.kill("SIGINT");
      await once(server, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// `search` is ours, words and facets in one; `words` and `facets` apart are what one builds who does not know that trick.
const schema = `
  create extension postgis;
  create function words_of(tokens text[]) returns tsvector language sql immutable as $$ select array_to_tsvector(array(select token from unnest(tokens) as token where substr(token, 2, 1) <> '_')) $$;
  create function facets_of(tokens text[]) returns text[] language sql immutable as $$ select array(select token from unnest(tokens) as token where substr(token, 2, 1) = '_') $$;
  create table listings (
    id uuid primary key, service_id uuid not null, kind text not null, card jsonb not null, country text, latitude double precision, longitude double precision,
    place geography(point) generated always as (case when latitude is null then null else st_makepoint(longitude, latitude)::geography end) stored,
    tokens text[] not null, search tsvector generated always as (array_to_tsvector(tokens)) stored,
    words tsvector generated always as (words_of(tokens)) stored, facets text[] generated always as (facets_of(tokens)) stored,
    accepting text, accepting_until timestamptz, verified_at timestamptz, fresh_until timestamptz not null, sinks_at timestamptz not null, hidden_at timestamptz, in_doubt_since timestamptz, changed_at timestamptz not null
  );
  create index listings_search on listings using gin (search);
  create index listings_words on listings using gin (words);
  create index listings_facets on listings using gin (facets);
  create index listings_near on listings using gist (place);`;

export const designs = ["PostGIS, our tokens", "PostGIS, words and facets apart"] as const;

/** Ids of the nearest 20, those that sank behind the others, asked as we ask. */
export async function searchPostgis(pool: pg.Pool, design: (typeof designs)[number], { ask }: Query): Promise<string[]> {
  const point = `st_makepoint(${ask.near?.longitude}, ${ask.near?.latitude})::geography`;
  const at = `'${Temporal.Instant.fromEpochMilliseconds(now).toString()}'::timestamptz`;
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const matching =
    design === "PostGIS, our tokens"
      ? `search @@ ${quoted(searchOf(ask).tsquery)}::tsquery`
      : [`words @@ ${quoted(searchOf({ ...ask, facets: [] }).tsquery)}::tsquery`, ...ask.facets.map((some) => `facets && array[${some.map(quoted).join()}]`)].join(" and ");
  const nearest = async (sunk: string, most: number) => {
    const { rows } = await pool.query<{ id: string }>(`
      select id, service_id, kind, card, country, latitude, longitude, accepting, accepting_until, verified_at, fresh_until, sinks_at, hidden_at, in_doubt_since, place <-> ${point} as line
      from listings where ${matching} and (hidden_at is null or hidden_at > ${at}) ${ask.accepting ? `and accepting = 'yes' and accepting_until > ${at}` : ""} and ${sunk}
      order by place <-> ${point} limit ${most}`);
    return rows.map(({ id }) => id);
  };
  const trusted = await nearest(`sinks_at > ${at}`, 20);
  return trusted.length < 20 ? [...trusted, ...(await nearest(`sinks_at <= ${at}`, 20 - trusted.length))] : trusted;
}
