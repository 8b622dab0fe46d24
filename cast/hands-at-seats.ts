// Some of the hands that reach for the same few seats at once: a process of its own, told on its standard input what to do.
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { acceptOffer, giveBack, moveSeat, saveSeat, settleSession, type SeatHouse } from "../features/groups/seats/commands.ts";
import type { SessionId } from "../features/groups/types.ts";
import { keysFrom } from "../platform/crypto/seal.ts";
import { openDatabase, openPool } from "../platform/db/database.ts";
import { seatScope, type SeatScope } from "../platform/http/scope.ts";

/** `clock` is a sequence of the database: one minute of everybody's time a number. */
export type HandsWork = { readonly url: string; readonly masterKey: string; readonly sessions: readonly SessionId[]; readonly acts: number; readonly seed: number; readonly from: string; readonly clock: string };
export type HandsDone = { readonly acts: number; readonly seated: number; readonly waited: number; readonly accepted: number; readonly moved: number; readonly failed: readonly string[] };

const work = JSON.parse(readFileSync(0, "utf8")) as HandsWork;
const db = openDatabase(openPool(work.url, 4));
const from = Temporal.Instant.from(work.from);
let now = from;
const house: SeatHouse = { db, now: () => now, keys: keysFrom(Buffer.from(work.masterKey, "hex")), bus: { tell: () => undefined, close: () => Promise.resolve() } };

// mulberry32, so that a run can be had again by its seed.
let state = work.seed;
function chance(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const oneOf = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;

const mine: SeatScope[] = [];
const mostAsked = 60;
const done = { acts: 0, seated: 0, waited: 0, accepted: 0, moved: 0, failed: [] as string[] };

async function act(): Promise<void> {
  const [{ at } = { at: 0 }] = (await sql<{ at: number }>`select nextval(${work.clock})::int as at`.execute(db)).rows;
  now = from.add({ minutes: at });
  // Whoever has asked for many gives some back, so that the waits stay as long as they are in a town.
  const dice = mine.length > mostAsked ? 0.45 + 0.55 * chance() : chance();
  if (dice < 0.45 || mine.length === 0) {
    const sessionId = oneOf(work.sessions);
    const saved = await saveSeat(house, { sessionId, alias: "Maya", language: "en", zone: "UTC", person: `${work.seed} ${chance()}`, contact: undefined, nextDay: false });
    if ("refused" in saved) return;
    mine.push(seatScope(saved.seatId, sessionId));
    if (saved.state === "held") done.seated++;
    else done.waited++;
  } else if (dice < 0.75) await giveBack(house, mine.splice(Math.floor(chance() * mine.length), 1)[0] as SeatScope);
  else if (dice < 0.85) {
    const at = Math.floor(chance() * mine.length);
    const [hers, to] = [mine[at] as SeatScope, oneOf(work.sessions)];
    // Of most groups this is none of the same, and is refused.
    if ("refused" in (await moveSeat(house, hers, to, chance() < 0.5))) return;
    mine[at] = seatScope(hers.seatId, to);
    done.moved++;
  } else if (dice < 0.95) done.accepted += Number(await acceptOffer(house, oneOf(mine)));
  else await settleSession(house, oneOf(work.sessions));
}

for (; done.acts < work.acts; done.acts++)
  await act().catch((error: unknown) => {
    done.failed.push(error instanceof Error ? error.message : "?");
  });
await db.destroy();
console.log(JSON.stringify(done satisfies HandsDone));
