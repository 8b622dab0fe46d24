import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { pino } from "pino";
import { afterAll, inject } from "vitest";
import { sessionEnder } from "../features/accounts/commands.ts";
import { memberBySession } from "../features/accounts/queries.ts";
import { keysFrom } from "../platform/crypto/seal.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { databaseAt } from "../platform/db/test-server.ts";
import { letterBox } from "../platform/delivery/email.ts";
import { pushBox } from "../platform/delivery/push.ts";
import { smsBox } from "../platform/delivery/sms.ts";
import { readEnvironment } from "../platform/http/environment.ts";
import type { House } from "../platform/http/house.ts";
import { embeddedRooms } from "../platform/rooms/embedded.ts";
import { makeHub } from "../platform/live/hub.ts";
import type { Instant } from "../platform/time/time.ts";
import { plainAssets } from "../platform/ui/assets.ts";

export type TestHouse = House & {
  /** The house's clock stands still until a test moves it. */
  setClock(at: Instant | string): void;
  passTime(duration: Temporal.DurationLike): void;
  /** Topics that were told since the house was made. */
  readonly told: string[];
  readonly letters: ReturnType<typeof letterBox>["letters"];
  readonly pushes: ReturnType<typeof pushBox>["pushes"];
  readonly sms: ReturnType<typeof smsBox>;
  readonly url: string;
};

/** A house on its own fresh copy of the real database, with a clock that tests move; closed after the test file. */
export async function openTestHouse(variables: Record<string, string> = {}): Promise<TestHouse> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: databaseAt(inject("databaseUrl"), "postgres") });
  await admin.connect();
  // Two files that copy the template at one moment would refuse each other: they wait in turn.
  await admin.query("select pg_advisory_lock(1)");
  await admin.query(`create database ${name} template template_small_hours`);
  await admin.end();
  const url = databaseAt(inject("databaseUrl"), name);
  const pool = openPool(url, 10);
  const db = openDatabase(pool);
  let clock = Temporal.Instant.from("2026-11-24T11:00:00Z");
  const email = letterBox();
  const push = pushBox();
  const sms = smsBox();
  const told: string[] = [];
  const hub = makeHub((error) => {
    throw error;
  });
  const now = () => clock;
  afterAll(async () => {
    hub.close();
    await db.destroy();
  });
  return {
    db,
    hub,
    bus: {
      tell: (topics) => {
        for (const topic of topics) {
          told.push(topic);
          hub.wake(topic);
        }
      },
      close: () => Promise.resolve(),
    },
    keys: keysFrom(randomBytes(32)),
    now,
    log: pino({ level: "silent" }),
    delivery: { email, push, sms },
    rooms: { embedded: embeddedRooms({ clock: now, addresses: ["127.0.0.1"] }) },
    environment: readEnvironment({ NODE_ENV: "test", DATABASE_URL: url, ...variables }),
    assets: plainAssets,
    memberBySession: (token) => memberBySession(db, token, clock),
    endSession: sessionEnder(db, now),
    setClock: (at) => (clock = typeof at === "string" ? Temporal.Instant.from(at) : at),
    passTime: (duration) => (clock = clock.add(duration)),
    told,
    letters: email.letters,
    pushes: push.pushes,
    sms,
    url,
  };
}
