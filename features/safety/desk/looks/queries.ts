import type { Keys } from "../../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../../platform/db/database.ts";
import type { MemberId, ModeratorScope } from "../../../../platform/http/scope.ts";
import { authorMark } from "../../events.ts";
import type { CaseId, DeskRole, SubjectKind } from "../../types.ts";
import { opener } from "../queries.ts";
import { mayAnswer, mayReview } from "./rules.ts";
import type { Look, LookReason, LookToMember, PrivateThing } from "./types.ts";

const looks = (db: Reader) =>
  db
    .selectFrom("looks as l")
    .innerJoin("members as m", "m.id", "l.asked_by")
    .innerJoin("cases as c", "c.id", "l.case_id")
    .select(["l.id as look_id", "l.case_id", "l.what", "l.reason", "l.note_sealed", "l.asked_by", "l.asked_at", "l.agreed", "l.ends_at", "l.review_due_at", "l.was_right", "m.name", "c.id", "c.wrapped_key", "c.author_member", "c.author_mark"]);

type Row = Awaited<ReturnType<ReturnType<typeof looks>["execute"]>>[number];

const lookFrom = (row: Row, keys: Keys): Look => ({
  id: row.look_id,
  caseId: row.case_id as CaseId,
  what: row.what as PrivateThing,
  reason: row.reason as LookReason,
  note: opener(keys, row)(row.note_sealed, "look"),
  askedBy: row.asked_by as MemberId,
  name: row.name,
  askedAt: row.asked_at,
  agreed: row.agreed ?? undefined,
  endsAt: row.ends_at ?? undefined,
  reviewDueAt: row.review_due_at ?? undefined,
  wasRight: row.was_right ?? undefined,
});

/** Every look that was asked for in one case, the oldest first. */
export const looksOn = async (db: Reader, keys: Keys, scope: ModeratorScope, caseId: CaseId): Promise<Look[]> =>
  (await looks(within(db, scope)).where("l.case_id", "=", caseId).orderBy("l.asked_at").execute()).map((row) => lookFrom(row, keys));

/** Every look of one moderator that may still count for what she does next. Asked by the house. */
export const looksOfModerator = async (db: Reader, keys: Keys, memberId: MemberId): Promise<Look[]> => (await looks(db).where("l.asked_by", "=", memberId).orderBy("l.asked_at", "desc").limit(200).execute()).map((row) => lookFrom(row, keys));

/** Looks that wait for her as a second person, or for her review. Those at her own things are not hers to answer. */
export async function looksWaiting(db: Reader, keys: Keys, scope: ModeratorScope): Promise<Look[]> {
  const { memberId } = scope.member;
  const rows = await looks(within(db, scope)).where("l.answered_at", "is", null).where("l.reviewed_at", "is", null).where("l.asked_by", "!=", memberId).orderBy("l.asked_at").limit(50).execute();
  return rows.filter((row) => row.author_mark?.equals(authorMark(keys, memberId)) !== true).map((row) => lookFrom(row, keys)).filter((look) => mayAnswer(look, memberId) || mayReview(look, memberId));
}

/** Who looked at a member's private things, the newest first: what, why, under which role, and who else agreed or reviewed it. Asked by the house. */
export async function looksAt(db: Reader, keys: Keys, memberId: MemberId): Promise<LookToMember[]> {
  const rows = await db
    .selectFrom("looks as l")
    .innerJoin("cases as c", "c.id", "l.case_id")
    .select(["l.what", "l.reason", "l.by_role", "l.asked_at", "l.answered_at", "l.agreed", "l.ends_at", "l.was_right", "c.subject_kind", "c.subject_id"])
    .where((is) => is.or([is("l.author_member", "=", memberId), is("l.author_mark", "=", authorMark(keys, memberId))]))
    .where("l.ends_at", "is not", null)
    .orderBy("l.asked_at", "desc")
    .execute();
  return rows.flatMap((row) =>
    row.ends_at === null
      ? []
      : [
          {
            what: row.what as PrivateThing,
            reason: row.reason as LookReason,
            byRole: row.by_role as DeskRole,
            at: row.answered_at ?? row.asked_at,
            until: row.ends_at,
            agreed: row.agreed === true,
            wasRight: row.was_right ?? undefined,
            subjectKind: row.subject_kind as SubjectKind,
            subjectId: row.subject_id,
          },
        ],
  );
}
