import { sql } from "kysely";
import { hashToken } from "../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { SeatScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Way } from "../letters/types.ts";
import type { SeatId, SeriesId, SessionId } from "../types.ts";
import { attendanceDays, stateOf } from "./rules.ts";
import type { Leaving, Seat, SeatState } from "./types.ts";

/** Every seat and every wait of a session that was not given back, as the rule reads it. */
export async function seatsToSettle(db: Reader, series: SeriesId, session: SessionId, now: Instant): Promise<Seat[]> {
  const since = now.subtract({ hours: attendanceDays * 24 });
  const { rows } = await sql<{ id: SeatId; asked_at: Instant; place: number | null; held_at: Instant | null; offered_until: Instant | null; offers_missed: number; standby: boolean; here: boolean; came: number }>`
    select s.id, s.asked_at, s.place, s.held_at, s.offered_until, s.offers_missed, s.standby_at is not null as standby, s.lobby_at is not null or s.came_at is not null as here,
      (case when s.held_at is null then (select count(*) from seats o join group_sessions g on g.id = o.session_id
        where o.person = s.person and g.series_id = ${series} and o.came_at > ${since}) else 0 end)::int as came
    from seats s where s.session_id = ${session} and s.released_at is null`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    askedAt: row.asked_at,
    place: row.place ?? undefined,
    heldAt: row.held_at ?? undefined,
    offeredUntil: row.offered_until ?? undefined,
    offersMissed: row.offers_missed,
    standby: row.standby,
    here: row.here,
    cameLately: row.came,
  }));
}

/** Has this hand a seat in this session already, how many in this group's to come, and was it asked to leave this one? */
export async function aheadOf(db: Reader, series: SeriesId, session: SessionId, person: Buffer, now: Instant): Promise<{ already: boolean; ahead: number; removed: boolean }> {
  const { rows } = await sql<{ already: boolean; ahead: number; removed: boolean }>`
    select coalesce(bool_or(s.session_id = ${session} and s.released_at is null), false) as already,
      (count(*) filter (where s.released_at is null and g.ends_at > ${now} and g.cancelled_at is null))::int as ahead,
      coalesce(bool_or(s.session_id = ${session} and s.released_why = 'removed'), false) as removed
    from seats s join group_sessions g on g.id = s.session_id
    where s.person = ${person} and g.series_id = ${series}`.execute(db);
  return rows[0] ?? { already: false, ahead: 0, removed: false };
}

/** What everybody who ever asked for this meeting is called there. */
export const aliasesIn = async (db: Reader, session: SessionId): Promise<string[]> => (await db.selectFrom("seats").select("alias").where("session_id", "=", session).execute()).map(({ alias }) => alias);

/** Those of these keys that still open something: a seat or a wait of a meeting that is not over. */
export async function keysOfUse(db: Reader, tokens: readonly string[], now: Instant): Promise<string[]> {
  if (tokens.length === 0) return [];
  const rows = await db.selectFrom("seats as s").innerJoin("group_sessions as g", "g.id", "s.session_id").select("s.key_hash").where("s.key_hash", "in", tokens.map(hashToken)).where("s.released_at", "is", null).where("g.ends_at", ">", now.subtract({ hours: 24 })).execute();
  return tokens.filter((token) => rows.some(({ key_hash }) => key_hash.equals(hashToken(token))));
}

export type SeatOfKey = { readonly token: string; readonly seatId: SeatId; readonly sessionId: SessionId; readonly language: Language };

/** The seats that these keys open, by the order of the keys; nothing for one that never was a key, or whose time is over. */
export async function seatsByKeys(db: Reader, tokens: readonly string[]): Promise<SeatOfKey[]> {
  if (tokens.length === 0) return [];
  const rows = await db.selectFrom("seats").select(["id", "session_id", "language", "key_hash"]).where("key_hash", "in", tokens.map(hashToken)).execute();
  return tokens.flatMap((token) => {
    const row = rows.find(({ key_hash }) => key_hash.equals(hashToken(token)));
    return row ? [{ token, seatId: row.id as SeatId, sessionId: row.session_id as SessionId, language: row.language as Language }] : [];
  });
}

/** Her own seat, as her page shows it. */
export type OwnSeat = {
  readonly id: SeatId;
  readonly sessionId: SessionId;
  readonly alias: string;
  readonly state: SeatState;
  readonly offeredUntil: Instant | undefined;
  /** How many have their turn before her; 0: she is next. */
  readonly before: number;
  readonly standby: boolean;
  readonly lobbyAt: Instant | undefined;
  readonly admittedAt: Instant | undefined;
  /** She was in the room, if only for a while. */
  readonly came: boolean;
  /** She went out, and may come back. */
  readonly left: boolean;
  readonly way: Way | undefined;
  readonly nextDay: boolean;
  readonly leaving: Leaving | undefined;
};

const seatColumns = ["id", "session_id", "alias", "held_at", "offered_until", "released_at", "released_why", "asked_at", "offers_missed", "standby_at", "lobby_at", "admitted_at", "came_at", "left_at", "way", "next_day", "leaving"] as const;

/** The seat of who asks, read as she may see it. */
export const ownSeat = async (db: Reader, scope: SeatScope): Promise<OwnSeat | undefined> => (await ownSeats(within(db, scope), [scope]))[0];

/** The seats behind these scopes, in no order. */
export async function ownSeats(db: Reader, scopes: readonly SeatScope[]): Promise<OwnSeat[]> {
  if (scopes.length === 0) return [];
  const rows = await db
    .selectFrom("seats as s")
    .select(seatColumns)
    .select(
      // As the rule has it but for who came lately, which is nobody's to see: a hint, and said as one.
      sql<number>`(select count(*) from seats o where o.session_id = s.session_id and o.released_at is null and o.place is null and o.id <> s.id
        and (o.offers_missed, o.asked_at, o.id) < (s.offers_missed, s.asked_at, s.id))::int`.as("before"),
    )
    .where("id", "in", scopes.map(({ seatId }) => seatId))
    .execute();
  return rows.map((row) => ({
    id: row.id as SeatId,
    sessionId: row.session_id as SessionId,
    alias: row.alias,
    state: stateOf(row),
    offeredUntil: row.offered_until ?? undefined,
    before: row.before,
    standby: row.standby_at !== null,
    lobbyAt: row.lobby_at ?? undefined,
    admittedAt: row.admitted_at ?? undefined,
    came: row.came_at !== null,
    left: row.left_at !== null,
    way: (row.way ?? undefined) as OwnSeat["way"],
    nextDay: row.next_day,
    leaving: (row.leaving ?? undefined) as Leaving | undefined,
  }));
}
