import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { SeatId, Session, SessionId } from "../types.ts";
import { goneSeconds, stateOf } from "./rules.ts";
import type { Caption, Evening, Guest, Leader, Line, Mark, Whereabouts } from "./types.ts";

/** Whose key an evening's words are sealed with. */
export const sealedFor = (session: SessionId): string => `evening/${session}`;

/** The facilitators who are here now, who came first first. */
export async function leadersHere(db: Reader, session: SessionId, now: Instant): Promise<(Leader & { readonly trained: boolean })[]> {
  return db
    .selectFrom("evening_presence as p")
    .innerJoin("members as m", "m.id", "p.member_id")
    .select(["m.name"])
    .select(sql<MemberId>`m.id`.as("id"))
    .select(sql<boolean>`exists (select from facilitator_trainings t where t.member_id = m.id)`.as("trained"))
    .where("p.session_id", "=", session)
    .where("p.seen_at", ">", now.subtract({ seconds: goneSeconds }))
    .orderBy("p.since")
    .execute();
}

/** How an evening stands: the room, who leads, who is where. Nobody's name but the alias. */
export async function eveningOf(db: Reader, session: Session, now: Instant): Promise<Evening> {
  const [leaders, { rows }] = await Promise.all([
    leadersHere(db, session.id, now),
    sql<{ id: SeatId; alias: string; lobby_at: Instant | null; admitted_at: Instant | null; left_at: Instant | null; raised_at: Instant | null; called_at: Instant | null; turns: number | null; passed: boolean | null; asked_by_member: boolean | null; began: boolean | null; with: MemberId | null; leaving: string | null; marks: Mark[] }>`
      select s.id, s.alias, s.lobby_at, s.admitted_at, s.left_at, t.raised_at, t.called_at, t.turns, t.passed, d.asked_by_member, d.began_at is not null as began, d.member_id as with, s.leaving,
        array(select mark from evening_marks k where k.seat_id = s.id and k.session_id = s.session_id) as marks
      from seats s left join evening_turns t on t.seat_id = s.id and t.session_id = s.session_id left join evening_sides d on d.seat_id = s.id and d.ended_at is null
      where s.session_id = ${session.id} and s.released_at is null and s.held_at is not null order by s.lobby_at nulls last, s.held_at, s.id`.execute(db),
  ]);
  const state = stateOf(session, leaders.length, now);
  const whereIs = (row: (typeof rows)[number]): Whereabouts => (row.left_at ? "left" : row.admitted_at && state === "open" ? (row.began ? "side" : "room") : row.lobby_at ? "lobby" : "away");
  return {
    state,
    leaders: leaders.map(({ id, name }) => ({ id, name })),
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
      }),
    ),
  };
}

/** Whose key a report is sealed with. */
export const reportSealedFor = (report: string): string => `evening report/${report}`;

export type Report = { readonly id: string; readonly by: MemberId | undefined; readonly name: string; readonly writtenAt: Instant; readonly session: SessionId; readonly words: string };

/** What was written down and waits for a second reader, the oldest first. */
export async function incidentsToRead(db: Reader, keys: Keys): Promise<Report[]> {
  const rows = await db
    .selectFrom("evening_reports as r")
    .leftJoin("members as m", "m.id", "r.member_id")
    .select(["r.id", "r.member_id", "m.name", "r.written_at", "r.session_id", "r.body_sealed", "r.wrapped_key"])
    .where("r.kind", "=", "incident")
    .where("r.read_at", "is", null)
    .orderBy("r.written_at")
    .execute();
  return rows.map((row) => ({ id: row.id, by: (row.member_id ?? undefined) as MemberId | undefined, name: row.name ?? "", writtenAt: row.written_at, session: row.session_id as SessionId, words: unseal(keys.openDataKey(row.wrapped_key, reportSealedFor(row.id)), row.body_sealed, reportSealedFor(row.id)) }));
}

/** What opens the lines of an evening; nothing where none was written, or all are gone. */
async function openerOf(db: Reader, keys: Keys, session: SessionId): Promise<((line: { readonly seq: number; readonly body_sealed: Buffer }) => string) | undefined> {
  const wrapped = await db.selectFrom("evening_keys").select("wrapped_key").where("session_id", "=", session).executeTakeFirst();
  const key = wrapped && keys.openDataKey(wrapped.wrapped_key, sealedFor(session));
  return key && (({ seq, body_sealed }) => unseal(key, body_sealed, `${sealedFor(session)}/${seq}`));
}

/** So many captions are in sight. */
const captionsShown = 3;

/** What was said just now, the oldest first. */
export async function captionsOf(db: Reader, keys: Keys, session: SessionId): Promise<Caption[]> {
  const open = await openerOf(db, keys, session);
  if (!open) return [];
  const rows = await db.selectFrom("evening_lines").select(["seq", "body_sealed"]).where("session_id", "=", session).where("caption", "=", true).orderBy("seq", "desc").limit(captionsShown).execute();
  return rows.toReversed().map((row) => ({ seq: row.seq, words: open(row) }));
}

/** Lines after `after`: for a seat its circle and its own notes, for facilitators all of them. */
export async function linesAfter(db: Reader, keys: Keys, session: SessionId, after: number, reader: { readonly seat: SeatId } | "leader"): Promise<Line[]> {
  const open = await openerOf(db, keys, session);
  if (!open) return [];
  const rows = await db
    .selectFrom("evening_lines as l")
    .leftJoin("seats as s", "s.id", "l.seat_id")
    .leftJoin("members as m", "m.id", "l.member_id")
    .select(["l.seq", "l.seat_id", "l.to_facilitators", "l.body_sealed", "l.at", "s.alias", "m.name"])
    .where("l.session_id", "=", session)
    .where("l.seq", ">", after)
    .where("l.caption", "=", false)
    .$if(reader !== "leader", (query) => query.where((eb) => eb.or([eb("l.to_facilitators", "=", false), eb("l.seat_id", "=", (reader as { seat: SeatId }).seat)])))
    .orderBy("l.seq")
    .execute();
  return rows.map((row) => ({ seq: row.seq, seat: (row.seat_id ?? undefined) as SeatId | undefined, name: row.alias ?? row.name ?? "", byLeader: row.seat_id === null, toLeaders: row.to_facilitators, words: open(row), at: row.at }));
}
