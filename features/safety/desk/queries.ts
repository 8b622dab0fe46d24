import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Database, type Reader } from "../../../platform/db/database.ts";
import type { MemberId, ModeratorScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { authorMark } from "../events.ts";
import { kindsFor } from "../policy.ts";
import type { CaseId, CaseReason, Decision, DecisionId, DeskPorts, InItsRoom, Priority, RuleId, Settlement, StrikeKind, SubjectKind } from "../types.ts";
import { pairingsOf } from "./pairing/queries.ts";
import { wantsTwo } from "./pairing/rules.ts";
import { actedOnInRoom, byGravity, claimMinutes, holderOf, viewMinutes } from "./rules.ts";
import type { AppealShown, CaseInQueue, CaseShown, CaseState, DecisionShown, OpinionShown, SettledShown, StrikeShown } from "./types.ts";

/** What is written on a case is bound to the case and to what it is. */
export type Written = "note" | "question" | "opinion" | "appeal" | "answer" | "strike" | "look";
export const boundTo = (id: string, what: Written): string => `case/${id}/${what}`;

/** Opens what is written on a case; undefined where nothing is, or where it went with what it was about. */
export const opener =
  (keys: Keys, { id, wrapped_key }: { readonly id: string; readonly wrapped_key: Buffer | null }) =>
  (sealed: Buffer | null, what: Written): string | undefined =>
    sealed && wrapped_key ? unseal(keys.openDataKey(wrapped_key, id), sealed, boundTo(id, what)) : undefined;

/** All rows of one case, as whoever asks may see them. */
async function rowsOf(db: Reader, id: CaseId) {
  const found = await db.selectFrom("cases").selectAll().where("id", "=", id).executeTakeFirst();
  if (!found) return undefined;
  const claim = await db.selectFrom("case_claims as k").innerJoin("members as m", "m.id", "k.member_id").select(["k.member_id", "k.seen_at", "m.name"]).where("k.case_id", "=", id).where("k.released_at", "is", null).executeTakeFirst();
  const decided = await db
    .selectFrom("case_decisions as d")
    .innerJoin("members as m", "m.id", "d.member_id")
    .leftJoin("strikes as s", "s.decision_id", "d.id")
    .select(["d.id", "d.decision", "d.rule", "d.note_sealed", "d.member_id", "d.at", "m.name", "s.id as strike_id"])
    .where("d.case_id", "=", id)
    .orderBy("d.seq", "desc")
    .execute();
  const opinions = await db
    .selectFrom("case_opinions as o")
    .innerJoin("members as a", "a.id", "o.asked_by")
    .leftJoin("members as g", "g.id", "o.given_by")
    .select(["o.id", "o.asked_by", "o.asked_at", "o.question_sealed", "o.given_by", "o.given_at", "o.would", "o.words_sealed", "a.name as asked_name", "g.name as given_name"])
    .where("o.case_id", "=", id)
    .where("o.taken_back_at", "is", null)
    .orderBy("o.asked_at")
    .execute();
  const appeals = await db
    .selectFrom("case_appeals as a")
    .leftJoin("members as m", "m.id", "a.decided_by")
    .select(["a.id", "a.decision_id", "a.words_sealed", "a.made_at", "a.decided_at", "a.outcome", "a.answer_sealed", "m.name"])
    .where("a.case_id", "=", id)
    .orderBy("a.made_at")
    .execute();
  return { found, claim, decided, opinions, appeals };
}
type Rows = NonNullable<Awaited<ReturnType<typeof rowsOf>>>;

function stateFrom({ found, claim, decided, opinions, appeals }: Rows, keys: Keys, me: MemberId): CaseState {
  const last = decided[0];
  return {
    kind: found.subject_kind as SubjectKind,
    waiting: found.waiting_since !== null,
    herOwn: found.author_member === me || found.author_mark?.equals(authorMark(keys, me)) === true,
    claim: claim && { memberId: claim.member_id as MemberId, seenAt: claim.seen_at },
    last: last && { id: last.id as DecisionId, decision: last.decision as Decision, by: last.member_id as MemberId, at: last.at, struck: last.strike_id !== null },
    opinionAskedBy: opinions.find(({ given_at }) => given_at === null)?.asked_by as MemberId | undefined,
    opinionsBy: opinions.flatMap(({ given_by }) => (given_by ? [given_by as MemberId] : [])),
    appealWaits: appeals.some(({ decided_at }) => decided_at === null),
  };
}

export type CaseAtHand = { readonly row: Rows["found"]; readonly state: CaseState };

/** A case with all that decides what can be done with it, for whoever is about to act (`me`). */
export async function caseAtHand(db: Reader, keys: Keys, id: CaseId, me: MemberId): Promise<CaseAtHand | undefined> {
  const rows = await rowsOf(db, id);
  return rows && { row: rows.found, state: stateFrom(rows, keys, me) };
}

/** Is this kind of case one that her roles act on? */
export const isOnDeskOf = ({ member }: ModeratorScope, kind: SubjectKind): boolean => kindsFor(member.roles).includes(kind);

/** A case as its page shows it. What she wrote herself is not on her desk. */
export async function caseOf(reader: Reader, keys: Keys, scope: ModeratorScope, id: CaseId, now: Instant): Promise<CaseShown | undefined> {
  const db = within(reader, scope);
  const { memberId } = scope.member;
  const rows = await rowsOf(db, id);
  const state = rows && stateFrom(rows, keys, memberId);
  if (!rows || !state || state.herOwn || !isOnDeskOf(scope, state.kind)) return undefined;
  const { found, claim } = rows;
  const open = opener(keys, found);
  return {
    id,
    subjectKind: found.subject_kind as SubjectKind,
    subjectId: found.subject_id,
    priority: found.priority as Priority,
    waitingSince: found.waiting_since ?? undefined,
    state,
    holder: holderOf(state.claim, now) === undefined ? undefined : claim?.name,
    viewers: await viewersOf(db, id, memberId, now),
    reasons: await reasonsOf(db, id),
    decisions: rows.decided.map((row): DecisionShown => ({ id: row.id as DecisionId, decision: row.decision as Decision, rule: (row.rule ?? undefined) as RuleId | undefined, note: open(row.note_sealed, "note"), name: row.name, at: row.at })),
    opinions: rows.opinions.map((row): OpinionShown => ({
      id: row.id,
      askedBy: row.asked_name,
      question: open(row.question_sealed, "question"),
      askedAt: row.asked_at,
      given: row.given_at && row.would ? { by: row.given_name ?? "", would: row.would as Decision, words: open(row.words_sealed, "opinion"), at: row.given_at } : undefined,
    })),
    appeals: rows.appeals.map((row): AppealShown => ({
      words: open(row.words_sealed, "appeal"),
      madeAt: row.made_at,
      answered: row.decided_at && row.outcome ? { name: row.name ?? "", outcome: row.outcome as "stands" | "gave_way", words: open(row.answer_sealed, "answer"), at: row.decided_at } : undefined,
    })),
    settlements: await settlementsOf(db, id),
    pairings: (await pairingsOf(db, [id])).get(id) ?? [],
    strikes: await strikesOf(db, keys, found),
    withoutName: found.author_mark !== null,
    erased: found.wrapped_key === null,
  };
}

async function viewersOf(db: Reader, id: CaseId, me: MemberId, now: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom("case_views as v")
    .innerJoin("members as m", "m.id", "v.member_id")
    .select("m.name")
    .where("v.case_id", "=", id)
    .where("v.member_id", "!=", me)
    .where("v.seen_at", ">", now.subtract({ minutes: viewMinutes }))
    .orderBy("m.name")
    .execute();
  return rows.map(({ name }) => name);
}

async function reasonsOf(db: Reader, id: CaseId): Promise<CaseShown["reasons"]> {
  const rows = await db.selectFrom("case_reasons").select(["reason", "priority", "why", "at", "answered_at"]).where("case_id", "=", id).orderBy("at").execute();
  return rows.map((row) => ({ reason: row.reason as CaseReason, priority: row.priority as Priority, why: row.why, at: row.at, answered: row.answered_at !== null }));
}

async function settlementsOf(db: Reader, id: CaseId): Promise<SettledShown[]> {
  const rows = await db.selectFrom("case_settlements as s").leftJoin("members as m", "m.id", "s.member_id").select(["s.how", "s.at", "m.name"]).where("s.case_id", "=", id).orderBy("s.at").execute();
  return rows.map(({ how, at, name }) => ({ how: how as Settlement, at, name: name ?? undefined }));
}

/** What was asked of this author before: of a member by her name here, of who wrote without one by that mark alone. */
async function strikesOf(db: Reader, keys: Keys, { author_member, author_mark }: Pick<Rows["found"], "author_member" | "author_mark">): Promise<StrikeShown[]> {
  if (author_member === null && author_mark === null) return [];
  const rows = await db
    .selectFrom("strikes as s")
    .innerJoin("cases as c", "c.id", "s.case_id")
    .select(["c.id", "c.wrapped_key", "s.kind", "s.rule", "s.note_sealed", "s.at", "s.ends_at", "s.lifted_at"])
    .where((is) => (author_member === null ? is("s.author_mark", "=", author_mark) : is("s.author_member", "=", author_member)))
    .orderBy("s.at", "desc")
    .execute();
  return rows.map((row) => ({ kind: row.kind as StrikeKind, rule: row.rule as RuleId, note: opener(keys, row)(row.note_sealed, "strike"), at: row.at, endsAt: row.ends_at ?? undefined, liftedAt: row.lifted_at ?? undefined }));
}

/** How one case stands in the room that acts on it; undefined for what the desk itself decides, and for what is gone there. */
export const inItsRoom = async (db: Database, { rooms = {} }: DeskPorts, scope: ModeratorScope, language: Language, { subjectKind, subjectId }: Pick<CaseInQueue, "subjectKind" | "subjectId">): Promise<InItsRoom | undefined> =>
  actedOnInRoom(subjectKind) ? (await rooms[subjectKind]?.(db, scope, language, [subjectId]))?.get(subjectId) : undefined;

/** What waits on her desk, each with how it stands in its own room. Each room is asked once. */
export async function deskNow(db: Database, keys: Keys, { rooms = {} }: DeskPorts, scope: ModeratorScope, language: Language, now: Instant): Promise<CaseInQueue[]> {
  const waiting = await casesWaiting(db, keys, scope, now);
  const standing = new Map<SubjectKind, ReadonlyMap<string, InItsRoom>>();
  for (const kind of new Set(waiting.map(({ subjectKind }) => subjectKind).filter(actedOnInRoom))) {
    const ids = waiting.flatMap(({ subjectKind, subjectId }) => (subjectKind === kind ? [subjectId] : []));
    standing.set(kind, (await rooms[kind]?.(db, scope, language, ids)) ?? new Map());
  }
  const pairings = await pairingsOf(within(db, scope), waiting.filter(({ priority }) => wantsTwo(priority)).map(({ id }) => id));
  return waiting.map((one) => ({ ...one, room: standing.get(one.subjectKind)?.get(one.subjectId), pairing: pairings.get(one.id)?.find(({ ended }) => !ended) }));
}

/** What waits, the gravest first, with who has it. What she wrote herself is left out, and kinds that her roles do not act on. */
export async function casesWaiting(reader: Reader, keys: Keys, scope: ModeratorScope, now: Instant): Promise<CaseInQueue[]> {
  const { memberId } = scope.member;
  const { rows } = await sql<{ id: CaseId; subject_kind: SubjectKind; subject_id: string; priority: Priority; waiting_since: Instant; reasons: CaseInQueue["reasons"]; holder: MemberId | null; holder_name: string | null; asked_by: MemberId | null }>`
    select c.id, c.subject_kind, c.subject_id, c.priority, c.waiting_since, k.member_id as holder, m.name as holder_name, o.asked_by,
      (select coalesce(json_agg(json_build_object('reason', r.reason, 'why', r.why) order by r.priority, r.at), '[]') from case_reasons r where r.case_id = c.id and r.answered_at is null) as reasons
    from cases c
    left join case_claims k on k.case_id = c.id and k.released_at is null and k.seen_at > ${now.subtract({ minutes: claimMinutes })}
    left join members m on m.id = k.member_id
    left join case_opinions o on o.case_id = c.id and o.given_at is null and o.taken_back_at is null
    where c.waiting_since is not null and c.subject_kind = any (${kindsFor(scope.member.roles)}) and c.author_member is distinct from ${memberId} and c.author_mark is distinct from ${authorMark(keys, memberId)}
    order by c.priority, c.waiting_since limit 200`.execute(within(reader, scope));
  return rows
    .map((row) => ({
      id: row.id,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      priority: row.priority,
      waitingSince: row.waiting_since,
      reasons: row.reasons,
      holder: row.holder ? { memberId: row.holder, name: row.holder_name ?? "" } : undefined,
      opinionAskedBy: row.asked_by ?? undefined,
    }))
    .sort(byGravity);
}
