import { randomBytes, randomUUID } from "node:crypto";
import { inTransaction } from "../../platform/db/transaction.ts";
import type { House } from "../../platform/http/house.ts";
import { newToken } from "../../platform/crypto/seal.ts";
import { seatScope, type MemberId, type SeatScope } from "../../platform/http/scope.ts";
import { writeSessions } from "./calendar/commands.ts";
import { sessionsOf } from "./queries.ts";
import { saveSeat, type Refused, type Saved, type SeatHouse, type SeatWanted } from "./seats/commands.ts";
import type { Camera, Rhythm, RoomKind, SeriesId, Session, SessionId } from "./types.ts";

/** A group as tests want one; what is not said is ordinary: every Tuesday at seven in the evening in Los Angeles, in English. */
export type GroupWanted = {
  readonly kind?: string;
  readonly language?: "en" | "es";
  readonly about?: string;
  readonly rhythm?: Rhythm;
  readonly starts?: string;
  readonly at?: string;
  readonly zone?: string;
  readonly minutes?: number;
  readonly seats?: number;
  readonly camera?: Camera;
  readonly room?: Exclude<RoomKind, "link">;
  readonly approved?: boolean;
  readonly ledBy?: readonly MemberId[];
};

/** A group with its meetings written down, unless it is still to be approved. */
export const makeGroup = (house: Pick<House, "db" | "bus" | "now">, wanted: GroupWanted = {}): Promise<SeriesId> =>
  inTransaction(house, async (act) => {
    const { kind = "after-birth", language = "en", rhythm = { every: "weeks", weeks: 1, days: ["TU"] }, starts = "2026-11-24", at = "19:00", zone = "America/Los_Angeles", minutes = 90, seats = 8, camera = "welcome", room = "embedded", approved = true } = wanted;
    const id = randomUUID() as SeriesId;
    await act.tx
      .insertInto("series")
      .values({ id, kind, language, about: wanted.about ?? null, rhythm: JSON.stringify(rhythm), starts_on: Temporal.PlainDate.from(starts), at: Temporal.PlainTime.from(at), zone, minutes, seats, camera, room, proposed_at: act.now, approved_at: approved ? act.now : null })
      .execute();
    for (const member_id of wanted.ledBy ?? []) await act.tx.insertInto("series_facilitators").values({ series_id: id, member_id, since: act.now }).execute();
    if (approved) await writeSessions(act, id);
    return id;
  });

/** The next meeting of a group. */
export async function nextSession(house: Pick<House, "db" | "now">, series: SeriesId): Promise<Session> {
  const [first] = await sessionsOf(house.db, { from: house.now(), series: [series] });
  if (!first) throw new Error("This group does not meet.");
  return first;
}

/** Somebody at the page of a meeting; a hand of her own unless one is given. */
export const aSeat = (house: SeatHouse, sessionId: SessionId, more: Partial<SeatWanted> = {}): Promise<Saved | Refused> =>
  saveSeat(house, { sessionId, alias: "Maya", language: "en", zone: "America/Los_Angeles", person: newToken(), contact: undefined, nextDay: false, ...more });

/** An evening that two came to, with rows of each of them in every table that hangs on one: her scope and the other's. */
export async function aFullEvening(house: SeatHouse, leader: MemberId, names: readonly [string, string]): Promise<[SeatScope, SeatScope]> {
  const { id: session_id } = await nextSession(house, await makeGroup(house, { ledBy: [leader] }));
  const [db, now, sealed] = [house.db, house.now(), randomBytes(8)];
  const sit = async (alias: string, room: number): Promise<SeatScope> => {
    const saved = await aSeat(house, session_id, { alias });
    if ("refused" in saved) throw new Error(saved.refused);
    const { seatId: seat_id } = saved;
    await db.insertInto("seat_letters").values({ seat_id, kind: "saved" }).execute();
    await db.insertInto("calendar_feeds").values({ token_hash: randomBytes(32), seat_ids: [seat_id], language: "en", made_at: now }).execute();
    await db.insertInto("evening_turns").values({ session_id, seat_id }).execute();
    await db.insertInto("evening_sides").values({ session_id, seat_id, asked_by_member: true, asked_at: now }).execute();
    await db.insertInto("evening_marks").values({ session_id, seat_id, mark: "muted", since: now }).execute();
    await db.insertInto("evening_small_rooms").values({ session_id, seat_id, room, since: now }).execute();
    for (const to_facilitators of [false, true]) await db.insertInto("evening_lines").values({ session_id, seat_id, seq: room * 2 + Number(to_facilitators), to_facilitators, body_sealed: sealed, idempotency_key: randomUUID(), at: now }).execute();
    return seatScope(seat_id, session_id);
  };
  await db.insertInto("evening_keys").values({ session_id, wrapped_key: sealed }).execute();
  await db.insertInto("evening_presence").values({ session_id, member_id: leader, since: now, seen_at: now }).execute();
  const report = { session_id, body_sealed: sealed, wrapped_key: sealed, written_at: now };
  for (const [kind, wants_talk, read_at] of [["incident", false, null], ["debrief", true, null], ["debrief", false, null], ["incident", false, now]] as const) await db.insertInto("evening_reports").values({ ...report, member_id: leader, kind, wants_talk, read_at }).execute();
  await db.insertInto("session_messages").values({ id: randomUUID(), session_id, member_id: leader, body_sealed: sealed, at: now }).execute();
  const [first, second] = [await sit(names[0], 1), await sit(names[1], 2)];
  await db.insertInto("evening_reports").values({ ...report, seat_id: first.seatId, by_seat: true, kind: "incident" }).execute();
  return [first, second];
}
