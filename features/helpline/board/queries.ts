import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { ConversationId } from "../../../platform/http/scope.ts";
import { isLanguage, languages } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { networkNow } from "../../network/queries.ts";
import { blocksNow } from "../blocks/queries.ts";
import { goneAfterSeconds } from "../rules.ts";
import type { CallBackId, ConcernId, Feeling, MemberId } from "../types.ts";
import type { Ask, Board, DebriefId, LatePromise, Numbers, OnDuty, OpenConcern, Wish } from "./types.ts";

/**
 * How the helpline stands at `now`. It holds nobody's words and no contact.
 * The board's page and its stream are both behind the gate "seeBoard", so it takes no scope.
 */
export async function boardNow(db: Reader, now: Instant): Promise<Board> {
  const network = await networkNow(db);
  const midnight = now.toZonedDateTimeISO(network?.zone ?? "UTC").startOfDay().toInstant();
  const [queue, concerns, asks, wishes, duty, promises, blocks, numbers] = await Promise.all([queueOf(db), openConcerns(db), openAsks(db), openWishes(db), dutyAt(db, now), promisesAt(db, now), blocksNow(db, now), numbersSince(db, midnight)]);
  return { asOf: now, ...queue, concerns, asks, wishes, duty, languages: network?.languages ?? languages, ...promises, blocks, numbers };
}

async function queueOf(db: Reader): Promise<Pick<Board, "waiting" | "danger" | "longestSince">> {
  const row = await db
    .selectFrom("conversations")
    .select([sql<number>`count(*)::int`.as("waiting"), sql<number>`count(*) filter (where risk)::int`.as("danger"), sql<Instant | null>`min(waiting_since)`.as("since")])
    .where("waiting_since", "is not", null)
    .executeTakeFirstOrThrow();
  return { waiting: row.waiting, danger: row.danger, longestSince: row.since ?? undefined };
}

async function openConcerns(db: Reader): Promise<OpenConcern[]> {
  const rows = await db
    .selectFrom("concerns as n")
    .innerJoin("conversations as c", "c.id", "n.conversation_id")
    .leftJoin("members as r", "r.id", "n.raised_by")
    .leftJoin("members as a", "a.id", "n.acknowledged_by")
    .select(["n.id", "n.conversation_id", "n.source", "n.raised_at", "c.erased_at", "r.name as raised_by", "a.name as acknowledged_by"])
    .select(sql<number>`(select count(*)::int from concern_pages p where p.concern_id = n.id)`.as("paged"))
    .select(sql<string | null>`(select m.name from concern_pages p join members m on m.id = p.member_id where p.concern_id = n.id order by p.paged_at desc limit 1)`.as("last_paged"))
    .where("n.closed_at", "is", null)
    .orderBy(sql`n.acknowledged_at is not null`)
    .orderBy("n.raised_at")
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id as ConcernId,
    conversationId: row.conversation_id as ConversationId,
    source: row.source as OpenConcern["source"],
    raisedAt: row.raised_at,
    raisedBy: row.raised_by ?? undefined,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    paged: row.paged,
    lastPaged: row.last_paged ?? undefined,
    erased: row.erased_at !== null,
  }));
}

async function openAsks(db: Reader): Promise<Ask[]> {
  const rows = await db
    .selectFrom("invitations_in as i")
    .innerJoin("members as m", "m.id", "i.invited_by")
    .innerJoin("conversations as c", "c.id", "i.conversation_id")
    .select(["i.conversation_id", "m.name", "i.invited_at"])
    .where("i.left_at", "is", null)
    .where("i.joined_at", "is", null)
    .where("c.ended_at", "is", null)
    .orderBy("i.invited_at")
    .limit(100)
    .execute();
  return rows.map((row) => ({ conversationId: row.conversation_id as ConversationId, name: row.name, at: row.invited_at }));
}

async function openWishes(db: Reader): Promise<Wish[]> {
  const rows = await db
    .selectFrom("debriefs as d")
    .innerJoin("members as m", "m.id", "d.member_id")
    .select(["d.id", "d.member_id", "m.name", "d.how", "d.at"])
    .where("d.wants_talk", "=", true)
    .where("d.answered_at", "is", null)
    .orderBy("d.at")
    .limit(100)
    .execute();
  return rows.map((row) => ({ id: row.id as DebriefId, memberId: row.member_id as MemberId, name: row.name, how: row.how as Feeling, at: row.at }));
}

async function dutyAt(db: Reader, now: Instant): Promise<OnDuty[]> {
  const rows = await db
    .selectFrom("shifts as s")
    .innerJoin("members as m", "m.id", "s.member_id")
    .select(["m.name", "s.languages", "s.cap", sql<number>`(select count(*)::int from claims k where k.member_id = s.member_id and k.released_at is null)`.as("held")])
    .where("s.ended_at", "is", null)
    .where("s.ends_at", ">", now)
    .where("s.seen_at", ">", now.subtract({ seconds: goneAfterSeconds }))
    .orderBy("m.name")
    .execute();
  return rows.map((row) => ({ name: row.name, languages: row.languages.filter(isLanguage), cap: row.cap, held: row.held }));
}

async function promisesAt(db: Reader, now: Instant): Promise<{ promises: number; late: LatePromise[] }> {
  const rows = await db.selectFrom("call_backs as b").leftJoin("members as m", "m.id", "b.owner_id").select(["b.id", "b.due_at", "m.name"]).where("b.done_at", "is", null).orderBy("b.due_at").execute();
  const late = rows.filter((row) => Temporal.Instant.compare(row.due_at, now) <= 0);
  return { promises: rows.length, late: late.map((row) => ({ id: row.id as CallBackId, dueAt: row.due_at, owner: row.name ?? undefined })) };
}

async function numbersSince(db: Reader, since: Instant): Promise<Numbers> {
  const { rows } = await sql<{ conversations: number; answered: number; median: number | null }>`
    with today as (
      select opened_at, (select min(k.answered_at) from claims k where k.conversation_id = c.id) as first_words
      from conversations c where opened_at >= ${since})
    select count(*)::int as conversations, count(first_words)::int as answered,
      percentile_cont(0.5) within group (order by extract(epoch from first_words - opened_at)) as median
    from today`.execute(db);
  const row = rows[0];
  return { conversations: row?.conversations ?? 0, answered: row?.answered ?? 0, medianWaitSeconds: row?.median ?? undefined };
}
