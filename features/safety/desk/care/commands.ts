import { randomUUID } from "node:crypto";
import { audit } from "../../../../platform/audit/audit.ts";
import { seal } from "../../../../platform/crypto/seal.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { MemberId, ModeratorScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Priority } from "../../types.ts";
import { boundTo } from "./queries.ts";
import { careDays, noteHours, pointsOf, restMinutes } from "./rules.ts";
import type { Feeling, Topic } from "./types.ts";

/** She read something to its end, for this decision, opinion, answer or settlement. */
export async function expose(tx: Tx, { member: { memberId } }: { readonly member: { readonly memberId: MemberId } }, { readFor, priority, at }: { readFor: string; priority: number; at: Instant }): Promise<void> {
  await tx
    .insertInto("exposures")
    .values({ member_id: memberId, read_for: readFor, priority, points: pointsOf[priority as Priority], at })
    .onConflict((twin) => twin.column("read_for").doNothing())
    .execute();
}

/** A rest of half an hour begins. One that she is in already goes on as it was. */
export const takeBreak = (house: House, { member: { memberId } }: ModeratorScope): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const before = await tx.selectFrom("moderator_breaks").select("id").where("member_id", "=", memberId).where("ends_at", ">", now).executeTakeFirst();
    if (!before) await tx.insertInto("moderator_breaks").values({ member_id: memberId, at: now, ends_at: now.add({ minutes: restMinutes }) }).execute();
  });

/** From now she leaves these to others, and no more than these. */
export const chooseTopics = (house: House, { member: { memberId } }: ModeratorScope, topics: readonly Topic[]): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    await tx.deleteFrom("moderator_topics").where("member_id", "=", memberId).execute();
    if (topics.length > 0) await tx.insertInto("moderator_topics").values(topics.map((topic) => ({ member_id: memberId, topic, since: now }))).execute();
  });

/** How she is. A supervisor hears only that she wants to talk. */
export const keepDebrief = (house: House, { member: { memberId } }: ModeratorScope, { how, wantsTalk }: { how: Feeling; wantsTalk: boolean }): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    await tx.insertInto("moderator_debriefs").values({ member_id: memberId, how, wants_talk: wantsTalk, at: now }).execute();
  });

/** A supervisor talks with her. */
export const answerWish = (house: House, { member: { memberId } }: ModeratorScope, id: string): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const wish = await tx.updateTable("moderator_debriefs").set({ answered_by: memberId, answered_at: now }).where("id", "=", id).where("wants_talk", "=", true).where("answered_at", "is", null).where("member_id", "!=", memberId).returning("member_id").executeTakeFirst();
    if (wish) await audit(tx, { memberId, act: "answered_debrief", subjectKind: "member", subjectId: wish.member_id });
  });

/** A note for whoever comes next; it stands on the desk for a day. */
export const handOverDesk = (house: House, { member: { memberId } }: ModeratorScope, note: string): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const id = randomUUID();
    const { key, wrapped } = house.keys.makeDataKey(id);
    await tx.insertInto("desk_handovers").values({ id, member_id: memberId, wrapped_key: wrapped, note_sealed: seal(key, note, boundTo(id)), at: now }).execute();
    await audit(tx, { memberId, act: "handed_over", subjectKind: "case", subjectId: undefined });
  });

/** What is over goes: notes after a day, what a moderator carried after a quarter of a year. */
export async function forgetCare({ db, now }: House): Promise<void> {
  const [day, quarter] = [now().subtract({ hours: noteHours }), now().subtract({ hours: 24 * careDays })];
  await db.deleteFrom("desk_handovers").where("at", "<", day).execute();
  await db.deleteFrom("desk_presence").where("seen_at", "<", day).execute();
  await db.deleteFrom("exposures").where("at", "<", quarter).execute();
  await db.deleteFrom("moderator_breaks").where("at", "<", quarter).execute();
  await db.deleteFrom("moderator_debriefs").where("at", "<", quarter).where((is) => is.or([is("wants_talk", "=", false), is("answered_at", "is not", null)])).execute();
}
