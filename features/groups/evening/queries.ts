import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { SeatId, Session, SessionId } from "../types.ts";
import { goneSeconds, mayRead, stateOf, type LineReader } from "./rules.ts";
import type { Caption, Evening, Guest, Leader, Line, Mark, Whereabouts } from "./types.ts";

/** Whose key an evening's words are sealed with. */
export const sealedFor = (session: SessionId): string => `evening/${session}`;

/** The facilitators who are here now, who came first first. */
export async function leadersHere(db: Reader, session: SessionId, now: Instant): Promise<(Leader & { readonly trained: boolean })[]> {
  const rows = await db
    .selectFrom("evening_presence as p")
    .innerJoin("members as m", "m.id", "p.member_id")
    .leftJoin("evening_small_rooms as v", (join) => join.onRef("v.session_id", "=", "p.session_id").onRef("v.member_id", "=", "p.member_id"))
    .select(["m.name", "v.room", "p.hears"])
    .select(sql<MemberId>`m.id`.as("id"))
    .select(sql<boolean>`exists (select from facilitator_trainings t where t.member_id = m.id)`.as("trained"))
    .where("p.session_id", "=", session)
    .where("p.seen_at", ">", now.subtract({ seconds: goneSeconds }))
    .orderBy("p.since")
    .execute();
  return rows.map(({ room, hears, ...leader }) => ({ ...leader, visits: room ?? undefined, hears: hears ?? undefined }));
}

/** How an evening stands: the room, who leads, who is where. Nobody's name but the alias. */
export async function eveningOf(db: Reader, session: Session, now: Instant): Promise<Evening> {
  const [leaders, { rows }] = await Promise.all([
    leadersHere(db, session.id, now),
    sql<{ id: SeatId; alias: string; lobby_at: Instant | null; admitted_at: Instant | null; left_at: Instant | null; raised_at: Instant | null; called_at: Instant | null; turns: number | null; passed: boolean | null; asked_by_member: boolean | null; began: boolean | null; with: MemberId | null; leaving: string | null; marks: Mark[]; into: string | null; hears: string | null; room: number | null; room_since: Instant | null }>`
      select s.id, s.alias, s.lobby_at, s.admitted_at, s.left_at, t.raised_at, t.called_at, t.turns, t.passed, d.asked_by_member, d.began_at is not null as began, d.member_id as with, s.leaving,
        array(select mark from evening_marks k where k.seat_id = s.id and k.session_id = s.session_id) as marks,
        (select language from evening_marks k where k.seat_id = s.id and k.session_id = s.session_id and mark = 'interprets') as into,
        (select language from evening_marks k where k.seat_id = s.id and k.session_id = s.session_id and mark = 'hears_interpreter') as hears,
        r.room, r.since as room_since
      from seats s left join evening_turns t on t.seat_id = s.id and t.session_id = s.session_id left join evening_sides d on d.seat_id = s.id and d.ended_at is null
        left join evening_small_rooms r on r.seat_id = s.id and r.session_id = s.session_id
      where s.session_id = ${session.id} and s.released_at is null and s.held_at is not null order by s.lobby_at nulls last, s.held_at, s.id`.execute(db),
  ]);
  const state = stateOf(session, leaders.length, now);
  const whereIs = (row: (typeof rows)[number]): Whereabouts => (row.left_at ? "left" : row.admitted_at && state === "open" ? (row.began ? "side" : "room") : row.lobby_at ? "lobby" : "away");
  return {
    state,
    leaders: leaders.map(({ id, name, visits, hears }) => ({ id, name, visits, hears })),
    guests: rows.map(
      (row): Guest => ({
        id: row.id,
        alias: row.alias,
        where: whereIs(row),
        raisedAt: row.raised_at ?? undefined,
        calledAt: row.called_at ?? undefined,
        turns: row.turns ?? 0,
        passed: row.passed ?? false,
        side: row.asked_by_member === null ? undefined : { askedByMember: row.asked_by_member, began: row.began ?? false, with: row.with ?? undefined },
        wantsTalk: row.leaving === "talk",
        marks: new Set(row.marks),
        into: row.into ?? undefined,
        hears: row.hears ?? undefined,
        small: state === "open" && row.room !== null && row.room_since ? { room: row.room, since: row.room_since } : undefined,
      }),
    ),
  };
}

/** What opens the lines of an evening; nothing where none was written, or all are gone. */
async function openerOf(db: Reader, keys: Keys, session: SessionId): Promise<((line: { readonly seq: number; readonly body_sealed: Buffer }) => string) | undefined> {
  const wrapped = await db.selectFrom("evening_keys").select("wrapped_key").where("session_id", "=", session).executeTakeFirst();
  const key = wrapped && keys.openDataKey(wrapped.wrapped_key, sealedFor(session));
  return key && (({ seq, body_sealed }) => unseal(key, body_sealed, `${sealedFor(session)}/${seq}`));
}

/** So many captions are in sight. */
const captionsShown = 3;

/** What was said just now, the oldest first: with the group, and in each small room. */
export async function captionsOf(db: Reader, keys: Keys, session: SessionId): Promise<Caption[]> {
  const open = await openerOf(db, keys, session);
  if (!open) return [];
  const { rows } = await sql<{ seq: number; small_room: number | null; body_sealed: Buffer }>`
    select seq, small_room, body_sealed from (select *, row_number() over (partition by small_room order by seq desc) as back from evening_lines where session_id = ${session} and caption and small_room is distinct from 0) l
    where back <= ${captionsShown} order by seq`.execute(db);
  return rows.map((row) => ({ seq: row.seq, small: row.small_room ?? undefined, words: open(row) }));
}

/** Lines after `after` that this one reads; of everybody's without one. */
export async function linesAfter(db: Reader, keys: Keys, session: SessionId, after: number, reader?: LineReader): Promise<Line[]> {
  const open = await openerOf(db, keys, session);
  if (!open) return [];
  const rows = await db
    .selectFrom("evening_lines as l")
    .leftJoin("seats as s", "s.id", "l.seat_id")
    .leftJoin("members as m", "m.id", "l.member_id")
    .select(["l.seq", "l.seat_id", "l.to_facilitators", "l.small_room", "l.body_sealed", "l.at", "s.alias", "m.name"])
    .where("l.session_id", "=", session)
    .where("l.seq", ">", after)
    .where("l.caption", "=", false)
    .where(sql<boolean>`l.small_room is distinct from 0`)
    .orderBy("l.seq")
    .execute();
  return rows
    .map((row) => ({ row, seq: row.seq, seat: (row.seat_id ?? undefined) as SeatId | undefined, name: row.alias ?? row.name ?? "", byLeader: row.seat_id === null, toLeaders: row.to_facilitators, small: row.small_room ?? undefined, at: row.at }))
    .filter((line) => reader === undefined || mayRead(line, reader))
    .map(({ row, ...line }) => ({ ...line, words: open(row) }));
}
