import type { Keys } from "../../../../platform/crypto/seal.ts";
import type { Reader } from "../../../../platform/db/database.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { authorMark } from "../../events.ts";
import type { Decision, DecisionId, DeskRole, RuleId, StrikeKind, SubjectKind } from "../../types.ts";
import { opener } from "../queries.ts";
import { appealUntil, mayAppeal, standingUnder } from "../rules.ts";
import type { DecisionToAuthor } from "../types.ts";

/** A decision for the feature that its subject belongs to: what, by which rule, in which words, and the reports that it answers. Asked by the house. */
export async function decisionOf(
  db: Reader,
  keys: Keys,
  decisionId: string,
): Promise<{ readonly decision: Decision; readonly rule: RuleId | undefined; readonly note: string | undefined; readonly byRole: DeskRole; readonly at: Instant; readonly reportIds: readonly string[] } | undefined> {
  const row = await db
    .selectFrom("case_decisions as d")
    .innerJoin("cases as c", "c.id", "d.case_id")
    .select(["c.id", "c.wrapped_key", "d.decision", "d.rule", "d.note_sealed", "d.by_role", "d.at"])
    .where("d.id", "=", decisionId)
    .executeTakeFirst();
  if (!row) return undefined;
  const answered = await db.selectFrom("case_reasons").select("report_id").where("decision_id", "=", decisionId).where("report_id", "is not", null).execute();
  return {
    decision: row.decision as Decision,
    rule: (row.rule ?? undefined) as RuleId | undefined,
    note: opener(keys, row)(row.note_sealed, "note"),
    byRole: row.by_role as DeskRole,
    at: row.at,
    reportIds: answered.flatMap(({ report_id }) => (report_id === null ? [] : [report_id])),
  };
}

/** Everything that was decided about one subject, the newest first, as its author is told it. Asked by the house; who the author is, its own feature knows. */
export async function decisionsOn(db: Reader, keys: Keys, subjectKind: SubjectKind, subjectId: string, now: Instant): Promise<DecisionToAuthor[]> {
  const rows = await db
    .selectFrom("case_decisions as d")
    .innerJoin("cases as c", "c.id", "d.case_id")
    .leftJoin("case_appeals as a", "a.decision_id", "d.id")
    .leftJoin("strikes as s", "s.decision_id", "d.id")
    .select(["c.id as case_id", "c.wrapped_key", "d.id", "d.decision", "d.rule", "d.note_sealed", "d.by_role", "d.at"])
    .select(["a.made_at", "a.decided_at", "a.outcome", "a.answer_sealed", "s.kind", "s.rule as strike_rule", "s.note_sealed as strike_sealed", "s.ends_at", "s.lifted_at"])
    .where("c.subject_kind", "=", subjectKind)
    .where("c.subject_id", "=", subjectId)
    .orderBy("d.seq", "desc")
    .execute();
  return rows.map((row, at) => {
    const open = opener(keys, { id: row.case_id, wrapped_key: row.wrapped_key });
    const may = row.wrapped_key !== null && mayAppeal({ decision: row.decision as Decision, at: row.at, newest: at === 0, appealed: row.made_at !== null }, now) === undefined;
    return {
      id: row.id as DecisionId,
      decision: row.decision as Decision,
      rule: (row.rule ?? undefined) as RuleId | undefined,
      note: open(row.note_sealed, "note"),
      byRole: row.by_role as DeskRole,
      at: row.at,
      appeal: may
        ? { state: "open", until: appealUntil(row.at) }
        : row.decided_at
          ? { state: row.outcome as "stands" | "gave_way", words: open(row.answer_sealed, "answer"), at: row.decided_at }
          : row.made_at
            ? { state: "waits", madeAt: row.made_at }
            : undefined,
      strike: row.kind && { kind: row.kind as StrikeKind, rule: row.strike_rule as RuleId, note: open(row.strike_sealed, "strike"), endsAt: row.ends_at ?? undefined, liftedAt: row.lifted_at ?? undefined },
    } as DecisionToAuthor;
  });
}

/** What is in force for a member at `now`, by her name and by the mark of what she writes without one: are her posts read first, is she paused, was she asked to leave? */
export async function standingOfMember(db: Reader, keys: Keys, memberId: MemberId, now: Instant): Promise<ReturnType<typeof standingUnder>> {
  const rows = await db
    .selectFrom("strikes")
    .select(["kind", "ends_at", "lifted_at"])
    .where((is) => is.or([is("author_member", "=", memberId), is("author_mark", "=", authorMark(keys, memberId))]))
    .where("kind", "!=", "note")
    .where("lifted_at", "is", null)
    .execute();
  return standingUnder(rows.map((row) => ({ kind: row.kind as StrikeKind, endsAt: row.ends_at ?? undefined, liftedAt: undefined })), now);
}

/** How many cases wait, by how grave they are, and how long the first of each has waited. Asked by the house. */
export async function howMuchWaits(db: Reader): Promise<{ readonly priority: number; readonly cases: number; readonly since: Instant }[]> {
  const rows = await db
    .selectFrom("cases")
    .select(({ fn }) => ["priority", fn.countAll<number>().as("cases"), fn.min("waiting_since").as("since")])
    .where("waiting_since", "is not", null)
    .groupBy("priority")
    .orderBy("priority")
    .execute();
  return rows.flatMap(({ priority, cases, since }) => (since ? [{ priority, cases: Number(cases), since }] : []));
}

/** Which of these have a case, waiting or answered. */
export async function onTheDesk(db: Reader, subjectKind: SubjectKind, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = ids.length === 0 ? [] : await db.selectFrom("cases").select("subject_id").where("subject_kind", "=", subjectKind).where("subject_id", "in", [...ids]).execute();
  return new Set(rows.map(({ subject_id }) => subject_id));
}
