import { sql } from "kysely";
import { hashToken, unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { seriesOf, sessionsOf } from "../queries.ts";
import type { SeatId, SeriesId, SessionId } from "../types.ts";
import type { GroupSaid } from "./ical/rules.ts";
import { tokenFor } from "./rules.ts";
import type { Feed, FeedId, SeatInHand, SeatSaid } from "./types.ts";

const columns = ["id", "seat_ids", "plain", "language", "made_at"] as const;
type Row = { id: string; seat_ids: string[]; plain: boolean; language: string; made_at: Instant };
const feedOf = ({ id, seat_ids, plain, language, made_at }: Row): Feed => ({ id: id as FeedId, seatIds: seat_ids as SeatId[], plain, language: language as Language, madeAt: made_at });

/** The calendar behind an address; undefined once it was revoked. */
export async function feedBehind(db: Reader, token: string): Promise<Feed | undefined> {
  const row = await db.selectFrom("calendar_feeds").select(columns).where("token_hash", "=", hashToken(token)).where("revoked_at", "is", null).executeTakeFirst();
  return row && feedOf(row);
}

/** Those of the seats in hand whose keys are right. */
export async function provenSeats(db: Reader, seats: readonly SeatInHand[]): Promise<SeatId[]> {
  if (seats.length === 0) return [];
  const rows = await db
    .selectFrom("seats")
    .select(["id", "key_hash"])
    .where(sql<boolean>`id = any(${seats.map(({ id }) => id as string)}::uuid[])`)
    .execute();
  return seats.filter(({ id, keyHash }) => rows.some((row) => row.id === id && row.key_hash.equals(keyHash))).map(({ id }) => id);
}

/**
 * The calendar of these seats, and its address. The seats are to be proven. Whoever was given the link of one seat holds one, and is to learn of no
 * other: so every seat of it that is ahead must be in hand, or all that it has where none is.
 */
export async function feedWith(db: Reader, keys: Keys, seats: readonly SeatId[], now: Instant): Promise<{ readonly feed: Feed; readonly token: string } | undefined> {
  if (seats.length === 0) return undefined;
  const hand = seats as readonly string[];
  const itsSeats = (which: ReturnType<typeof sql>) => sql`exists (select from seats s join group_sessions g on g.id = s.session_id where s.id = any(calendar_feeds.seat_ids) and s.released_at is null and ${which})`;
  const isAhead = sql`g.ends_at > ${now}`;
  const row = await db
    .selectFrom("calendar_feeds")
    .select([...columns, "token_sealed", "wrapped_key"])
    .where(sql<boolean>`seat_ids && ${hand}::uuid[]`)
    .where(sql<boolean>`not ${itsSeats(sql`not s.id = any(${hand}::uuid[]) and (${isAhead} or not ${itsSeats(isAhead)})`)}`)
    .where("revoked_at", "is", null)
    .orderBy("made_at", "desc")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (!row?.token_sealed || !row.wrapped_key) return undefined;
  return { feed: feedOf(row), token: unseal(keys.openDataKey(row.wrapped_key, tokenFor(row.id)), row.token_sealed, tokenFor(row.id)) };
}

/** Seats that are held, and those whose meeting was cancelled; not what was given back, was given on, or waits. In the order in which the meetings begin. */
export async function seatsSaid(db: Reader, seats: readonly SeatId[]): Promise<SeatSaid[]> {
  if (seats.length === 0) return [];
  const rows = await db
    .selectFrom("seats")
    .select(["id", "session_id", "held_at"])
    .where(sql<boolean>`id = any(${seats as readonly string[]}::uuid[])`)
    .where("held_at", "is not", null)
    .where((eb) => eb.or([eb("released_at", "is", null), eb("released_why", "=", "session_cancelled")]))
    .execute();
  const sessions = await sessionsOf(db, { ids: rows.map(({ session_id }) => session_id as SessionId) });
  const groups = new Map((await seriesOf(db, { ids: [...new Set(sessions.map(({ seriesId }) => seriesId))] })).map((one) => [one.id, one]));
  return sessions.flatMap((session) => {
    const series = groups.get(session.seriesId);
    return rows.flatMap(({ id, session_id, held_at }) => (series && held_at && session_id === session.id ? [{ id: id as SeatId, heldAt: held_at, session, series }] : []));
  });
}

/** How long meetings that are over stay in the public calendar as they were. */
const daysBack = 365;

/** Groups that anybody may come to, or this one of them, with what is written down of their meetings. */
export async function groupsSaid(db: Reader, now: Instant, id?: SeriesId): Promise<GroupSaid[]> {
  const groups = await seriesOf(db, { state: "meets", ...(id ? { ids: [id] } : {}) });
  const sessions = Map.groupBy(await sessionsOf(db, { series: groups.map((one) => one.id), from: now.subtract({ hours: daysBack * 24 }) }), ({ seriesId }) => seriesId);
  return groups.map((series) => ({ series, sessions: sessions.get(series.id) ?? [] }));
}
