import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { DeskScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { topics } from "../events.ts";
import type { Blocked } from "./forms.ts";
import { blockEnds, isInForce, originIsKept, originKeptHours } from "./rules.ts";
import type { BlockId } from "./types.ts";

/**
 * Keeps the browser that opened this conversation from opening another, for hours. This conversation goes on as it was.
 * False when nothing tells that browser from others any more.
 */
export async function blockOpener(house: House, { conversationId, member: { memberId } }: DeskScope, { reason, hours }: Blocked): Promise<boolean> {
  return inTransaction(house, async ({ tx, now, tell }) => {
    const origin = await tx.selectFrom("conversation_origins").select(["fingerprint", "seen_at"]).where("conversation_id", "=", conversationId).executeTakeFirst();
    if (!origin || !originIsKept(origin.seen_at, now)) return false;
    await tx.insertInto("blocks").values({ fingerprint: origin.fingerprint, conversation_id: conversationId, made_by: memberId, made_at: now, reason, expires_at: blockEnds(now, hours) }).execute();
    await audit(tx, { memberId, act: "blocked_opener", subjectKind: "conversation", subjectId: conversationId, reason: `block_${reason} block_${hours}` });
    tell(topics.board);
    return true;
  });
}

/** Ends a block, and every other on the same browser, before their time. */
export async function liftBlock(house: House, { member: { memberId } }: StaffScope, id: BlockId): Promise<void> {
  await inTransaction(house, async ({ tx, now, tell }) => {
    const block = await tx.selectFrom("blocks").select(["fingerprint", "conversation_id", "expires_at", "lifted_at"]).where("id", "=", id).forUpdate().executeTakeFirst();
    if (!block || !isInForce({ expiresAt: block.expires_at, liftedAt: block.lifted_at ?? undefined }, now)) return;
    await tx.updateTable("blocks").set({ lifted_at: now, lifted_by: memberId, fingerprint: null }).where("fingerprint", "=", block.fingerprint).where("lifted_at", "is", null).execute();
    await audit(tx, { memberId, act: "lifted_block", subjectKind: "conversation", subjectId: block.conversation_id });
    tell(topics.board);
  });
}

/** After a day nothing says where a conversation was opened from, and after a block's end nothing says whom it met. */
export async function forgetOrigins({ db }: House, now: Instant): Promise<void> {
  await db.deleteFrom("conversation_origins").where("seen_at", "<=", now.subtract({ hours: originKeptHours })).execute();
  await db.updateTable("blocks").set({ fingerprint: null }).where("expires_at", "<=", now).where("fingerprint", "is not", null).execute();
}
