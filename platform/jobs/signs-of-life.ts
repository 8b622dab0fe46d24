import pg from "pg";

/** How often a process that does jobs shows that it lives, and looks whether the others do. */
export type Rhythm = { readonly showEveryMs: number; readonly lookEveryMs: number };

/** From a kill to the freed jobs: one look that still finds a new sign, and three that find it again; 12 seconds at most. */
export const rhythm: Rhythm = { showEveryMs: 2000, lookEveryMs: 3000 };
const looksWithoutChange = 3;
const patienceMs = 5000;

export type SignOfLife = {
  /** Shows it once more. */
  show(): Promise<void>;
  /** Takes the sign away: this process does no jobs any more. */
  end(): Promise<void>;
};

/**
 * Shows in `job_workers` that the worker `id()` lives, over a connection of its own: a pool that is busy is not dead.
 * A row, because a lock that a session holds would outlive its process behind a pooler that lends sessions (decisions/0013).
 */
export function signOfLife(url: string, id: () => string | undefined): SignOfLife {
  const own = new pg.Pool({ connectionString: url, max: 1, application_name: "small-hours jobs", connectionTimeoutMillis: patienceMs, query_timeout: patienceMs });
  own.on("error", () => undefined);
  own.on("connect", (client) => client.on("error", () => undefined));
  const say = () =>
    own.query("insert into job_workers (id, showed_at) select $1::text, now() where $1::text is not null on conflict (id) do update set showed_at = excluded.showed_at", [id()]);
  return {
    async show() {
      // That a connection was cut since the last sign may be found out only by using it: the second try has a new one.
      await say().catch(say);
    },
    async end() {
      await own.query("delete from job_workers where id = $1", [id()]).catch(() => undefined);
      await own.end();
    },
  };
}

/** Which of what a look finds are as they were for three looks before it? Forgets them all when a look fails. */
function standingStill(look: () => Promise<ReadonlyMap<string, string | null>>): () => Promise<string[]> {
  let seen = new Map<string, { readonly sign: string | null; readonly again: number }>();
  return async () => {
    const before = seen;
    seen = new Map();
    const found = [...(await look())].map(([id, sign]) => [id, { sign, again: before.get(id)?.sign === sign ? (before.get(id)?.again ?? 0) + 1 : 0 }] as const);
    seen = new Map(found);
    return found.filter(([, { again }]) => again >= looksWithoutChange).map(([id]) => id);
  };
}

/**
 * A look at every worker: frees the jobs of those whose sign has not changed for three looks, and answers their ids. It counts its own
 * looks instead of comparing clocks, and starts anew when one fails: while the database is away nobody can show anything.
 */
export function lookAfterJobs(pool: pg.Pool): () => Promise<string[]> {
  const silent = standingStill(async () => {
    const { rows } = await pool.query<{ id: string; sign: string | null }>(
      `select id, showed_at::text as sign
       from job_workers full join (select distinct locked_by as id from graphile_worker.jobs where locked_by is not null) as holders using (id)`,
    );
    return new Map(rows.map(({ id, sign }) => [id, sign]));
  });
  return async () => {
    const gone = await silent();
    if (gone.length > 0) {
      await pool.query("select graphile_worker.force_unlock_workers($1)", [gone]);
      await pool.query("delete from job_workers where id = any($1)", [gone]);
    }
    return gone;
  };
}

/** Jobs that `holder` has held for three looks without doing them: their connection was lost between the taking and the answer. */
export const lookForLost = (pool: pg.Pool, holder: () => string | undefined, underWay: ReadonlySet<string>): (() => Promise<string[]>) =>
  standingStill(async () => {
    const { rows } = await pool.query<{ id: string }>("select id::text from graphile_worker.jobs where locked_by = $1", [holder()]);
    return new Map(rows.flatMap(({ id }) => (underWay.has(id) ? [] : [[id, null]])));
  });
