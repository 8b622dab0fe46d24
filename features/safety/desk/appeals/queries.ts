import type { Keys } from "../../../../platform/crypto/seal.ts";
import type { Reader } from "../../../../platform/db/database.ts";
import type { MemberScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { authorMark } from "../../events.ts";
import type { SubjectKind } from "../../types.ts";
import { decisionsOn } from "../outcomes/queries.ts";
import type { DecisionToAuthor } from "../types.ts";

/** A decision about her own, with or without her name; of another's there is none. */
export async function decisionAboutHer(db: Reader, keys: Keys, { member: { memberId } }: MemberScope, decisionId: string, now: Instant): Promise<DecisionToAuthor | undefined> {
  const about = await db
    .selectFrom("case_decisions as d")
    .innerJoin("cases as c", "c.id", "d.case_id")
    .select(["c.subject_kind", "c.subject_id"])
    .where("d.id", "=", decisionId)
    .where((is) => is.or([is("c.author_member", "=", memberId), is("c.author_mark", "=", authorMark(keys, memberId))]))
    .executeTakeFirst();
  if (!about) return undefined;
  return (await decisionsOn(db, keys, about.subject_kind as SubjectKind, about.subject_id, now)).find(({ id }) => id === decisionId);
}
