import { audit } from "../../../../platform/audit/audit.ts";
import type { Tx } from "../../../../platform/db/database.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import { topicOf } from "../../events.ts";
import type { SeriesId, SessionId } from "../../types.ts";
import { facilitatorsNow, leadingOf } from "../queries.ts";
import { leadersNeeded } from "../rules.ts";
import type { Leading } from "../types.ts";

export type CoverRefusal = { readonly refused: "notHere" | "begun" | "isOut" | "leads" | "notLeading" | "taken" | "untrained" };

/** A meeting to come, locked to the end of the transaction, with those who lead it and hold the role now. */
async function toLead(tx: Tx, id: SessionId, now: Instant): Promise<CoverRefusal | (Leading & { readonly seriesId: SeriesId })> {
  const session = await tx
    .selectFrom("group_sessions")
    .innerJoin("series", "series.id", "series_id")
    .select(["series_id", "starts_at", "cancelled_at", "approved_at"])
    .where("group_sessions.id", "=", id)
    .forUpdate("group_sessions")
    .executeTakeFirst();
  if (!session?.approved_at) return { refused: "notHere" };
  if (session.cancelled_at) return { refused: "isOut" };
  if (!isBefore(now, session.starts_at)) return { refused: "begun" };
  const { leaders = [], absent = [] } = (await leadingOf(tx, [id])).get(id) ?? {};
  const holds = new Set((await facilitatorsNow(tx, now)).map((one) => one.id));
  return { seriesId: session.series_id as SeriesId, leaders: leaders.filter((one) => holds.has(one.id)), absent };
}

/** "I can't that day": the meeting looks for somebody else. Who only covers it, no longer does. */
export const sayAbsent = (house: House, { member: { memberId } }: StaffScope, id: SessionId): Promise<CoverRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell, addJob }) => {
    const found = await toLead(tx, id, now);
    if ("refused" in found) return found;
    if (!found.leaders.some((one) => one.id === memberId)) return { refused: "notLeading" };
    await tx.deleteFrom("session_covers").where("session_id", "=", id).where("member_id", "=", memberId).execute();
    const ofThePair = await tx.selectFrom("series_facilitators").select("series_id").where("series_id", "=", found.seriesId).where("member_id", "=", memberId).where("until", "is", null).executeTakeFirst();
    if (ofThePair) await tx.insertInto("session_covers").values({ session_id: id, member_id: memberId, kind: "absent", at: now }).execute();
    await audit(tx, { memberId, act: "said_absent_from_group", subjectKind: "group", subjectId: found.seriesId });
    await addJob("tell-staff", { what: "cover", id, by: memberId }, { key: `tell-staff cover ${id}` });
    tell(topicOf(id));
    return undefined;
  });

/** "I can, after all", as long as nobody has taken it. */
export const sayPresent = (house: House, { member: { memberId } }: StaffScope, id: SessionId): Promise<CoverRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const found = await toLead(tx, id, now);
    if ("refused" in found) return found;
    if (!found.absent.some((one) => one.id === memberId)) return { refused: "notLeading" };
    if (found.leaders.length >= leadersNeeded) return { refused: "taken" };
    await tx.deleteFrom("session_covers").where("session_id", "=", id).where("member_id", "=", memberId).execute();
    await audit(tx, { memberId, act: "said_present_in_group", subjectKind: "group", subjectId: found.seriesId });
    tell(topicOf(id));
    return undefined;
  });

/** Takes a meeting that fewer than two lead. Of two who take it at once, the first does. */
export const takeCover = (house: House, { member: { memberId } }: StaffScope, id: SessionId): Promise<CoverRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const found = await toLead(tx, id, now);
    if ("refused" in found) return found;
    if (found.leaders.some((one) => one.id === memberId)) return { refused: "leads" };
    if (!(await facilitatorsNow(tx, now)).some((one) => one.id === memberId && one.trainedOn)) return { refused: "untrained" };
    if (found.leaders.length >= leadersNeeded) return { refused: "taken" };
    if (found.absent.some((one) => one.id === memberId)) await tx.deleteFrom("session_covers").where("session_id", "=", id).where("member_id", "=", memberId).execute();
    else
      await tx
        .insertInto("session_covers")
        .values({ session_id: id, member_id: memberId, kind: "covers", at: now })
        .onConflict((conflict) => conflict.columns(["session_id", "member_id"]).doUpdateSet({ kind: "covers", at: now }))
        .execute();
    await audit(tx, { memberId, act: "covers_group_meeting", subjectKind: "group", subjectId: found.seriesId });
    tell(topicOf(id));
    return undefined;
  });
