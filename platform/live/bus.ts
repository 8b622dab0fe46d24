import { randomUUID } from "node:crypto";
import pg from "pg";

/** Wake-ups between processes. Losing one costs a delay, never a message: the tables hold the truth. */
export type Bus = {
  /** Says, after the commit, that something may be new under these topics. */
  tell(topics: Iterable<string>): void;
  close(): Promise<void>;
};

type Options = { hear: (topic: string) => void; cut: () => void };

const channel = "small_hours";
const gatherMs = 4;

/** Gathers what is told within a few milliseconds, so that a hundred messages a second are a few calls. */
function gather(send: (topics: string[]) => Promise<void>): (topics: Iterable<string>) => void {
  let waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return (topics) => {
    for (const topic of topics) waiting.add(topic);
    timer ??= setTimeout(() => {
      timer = undefined;
      const told = [...waiting];
      waiting = new Set();
      // A lost wake-up is made good by the sweep of every process, so a failure here is not the writer's.
      send(told).catch(() => undefined);
    }, gatherMs);
  };
}

/**
 * Wake-ups over LISTEN/NOTIFY. They are sent after the commit on a connection of their own with
 * `synchronous_commit = off`: a NOTIFY inside the writer's transaction would take one lock for all commits of the database.
 */
export async function postgresBus(url: string, { hear, cut }: Options): Promise<Bus> {
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: "small-hours bus", options: "-c synchronous_commit=off" });
  pool.on("error", () => undefined);
  const me = randomUUID();
  let closed = false;
  let listener: pg.Client | undefined;
  let trying = false;

  async function listen(): Promise<void> {
    const client = new pg.Client({ connectionString: url, application_name: "small-hours bus", connectionTimeoutMillis: 5000, keepAlive: true });
    client.on("notification", ({ payload = "" }) => {
      const [from, ...told] = payload.split(" ");
      // PostgreSQL tells us what we told ourselves, too; those streams have looked already.
      if (from !== me) told.forEach(hear);
    });
    client.on("error", () => undefined);
    await client.connect();
    await client.query(`listen ${channel}`);
    listener = client;
    client.once("end", retry);
    cut();
  }
  /** One try at a time, for as long as the database is away. */
  function retry(): void {
    if (closed || trying) return;
    trying = true;
    const again = async (): Promise<void> => {
      try {
        await listen();
        trying = false;
      } catch {
        trying = false;
        retry();
      }
    };
    setTimeout(() => void again(), 250).unref();
  }
  await listen();

  const tellOthers = gather(async (topics) => {
    for (let at = 0; at < topics.length; at += 100) {
      await pool.query("select pg_notify($1, $2)", [channel, [me, ...topics.slice(at, at + 100)].join(" ")]);
    }
  });
  return {
    tell(topics) {
      const list = [...topics];
      list.forEach(hear);
      tellOthers(list);
    },
    async close() {
      closed = true;
      await listener?.end();
      await pool.end();
    },
  };
}

/** Wake-ups over NATS, for many processes over a distributed database. Same promise as the other bus. */
export async function natsBus(url: string, { hear, cut }: Options): Promise<Bus> {
  const { connect } = await import("@nats-io/transport-node");
  const nats = await connect({ servers: url, noEcho: true, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true });
  nats.subscribe(channel, { callback: (error, message) => (error ? undefined : message.string().split(" ").forEach(hear)) });
  void (async () => {
    for await (const status of nats.status()) if (status.type === "reconnect") cut();
  })();
  const tellOthers = gather(async (topics) => {
    for (let at = 0; at < topics.length; at += 1000) nats.publish(channel, topics.slice(at, at + 1000).join(" "));
  });
  return {
    tell(topics) {
      const list = [...topics];
      list.forEach(hear);
      tellOthers(list);
    },
    close: () => nats.drain(),
  };
}
