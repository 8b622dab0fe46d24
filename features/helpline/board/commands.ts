import { audit } from "../../../platform/audit/audit.ts";
import { unseal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { topics } from "../events.ts";
import { boundTo } from "../rules.ts";
import type { Feeling, MemberId } from "../types.ts";
import type { DebriefId, Wish } from "./types.ts";

export type OpenedDebrief = Wish & { readonly words: string | undefined };

/** Opens the debrief of a volunteer who asked to talk. The look is an audit row on her name. Undefined: no such wish, or it is the reader's own. */
export async function openDebrief(house: House, scope: StaffScope, id: DebriefId): Promise<OpenedDebrief | undefined> {
  const { memberId } = scope.member;
  const row = await house.db
    .selectFrom("debriefs as d")
    .innerJoin("members as m", "m.id", "d.member_id")
    .select(["d.id", "d.member_id", "d.how", "d.at", "d.words_sealed", "m.name", "m.wrapped_key"])
    .where("d.id", "=", id)
    .where("d.wants_talk", "=", true)
    .where("d.member_id", "!=", memberId)
    .executeTakeFirst();
  if (!row) return undefined;
  await audit(house.db, { memberId, act: "opened_debrief", subjectKind: "member", subjectId: row.member_id });
  const words = row.words_sealed ? unseal(house.keys.openDataKey(row.wrapped_key, row.member_id), row.words_sealed, boundTo(row.member_id as MemberId, "debrief")) : undefined;
  return { id: row.id as DebriefId, memberId: row.member_id as MemberId, name: row.name, how: row.how as Feeling, at: row.at, words };
}

/** "I talk with them": takes the wish off the board. The first to say so has it. */
export async function answerDebrief(house: House, scope: StaffScope, id: DebriefId): Promise<void> {
  const { memberId } = scope.member;
  await inTransaction(house, async ({ tx, now, tell }) => {
    const wish = await tx
      .updateTable("debriefs")
      .set({ answered_by: memberId, answered_at: now })
      .where("id", "=", id)
      .where("wants_talk", "=", true)
      .where("answered_at", "is", null)
      .where("member_id", "!=", memberId)
      .returning("member_id")
      .executeTakeFirst();
    if (!wish) return;
    await audit(tx, { memberId, act: "answered_debrief", subjectKind: "member", subjectId: wish.member_id });
    tell(topics.board);
  });
}
