import type { Reader } from "../../../platform/db/database.ts";
import type { DeskScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { originIsKept } from "./rules.ts";
import type { Block, Blocking, BlockId, BlockReason } from "./types.ts";

const inForce = (db: Reader, now: Instant) =>
  db
    .selectFrom("blocks as b")
    .leftJoin("members as m", "m.id", "b.made_by")
    .select(["b.id", "b.reason", "b.expires_at", "m.name"])
    .where("b.lifted_at", "is", null)
    .where("b.expires_at", ">", now)
    .orderBy("b.expires_at", "desc");

const blockOf = (row: { id: string; reason: string; expires_at: Instant; name: string | null }): Block => ({ id: row.id as BlockId, reason: row.reason as BlockReason, by: row.name ?? undefined, until: row.expires_at });

/**
 * Until when the browser of this fingerprint opens nothing new; undefined when it may. A form that was sent before is her own conversation
 * and no new one (`openingKey`).
 */
export async function blockedUntil(db: Reader, fingerprint: Buffer | undefined, now: Instant, openingKey?: string): Promise<Instant | undefined> {
  if (!fingerprint) return undefined;
  const block = await inForce(db, now).where("b.fingerprint", "=", fingerprint).executeTakeFirst();
  if (!block || openingKey === undefined) return block?.expires_at;
  const known = await db.selectFrom("conversations").select("id").where("opening_key", "=", openingKey).executeTakeFirst();
  return known ? undefined : block.expires_at;
}

/** Every block in force, for the board; behind the gate "seeBoard". */
export async function blocksNow(db: Reader, now: Instant): Promise<Block[]> {
  return (await inForce(db, now).limit(100).execute()).map(blockOf);
}

/** How this conversation's opener stands. */
export async function blockingOf(db: Reader, { conversationId }: DeskScope, now: Instant): Promise<Blocking> {
  const origin = await db.selectFrom("conversation_origins").select(["fingerprint", "seen_at"]).where("conversation_id", "=", conversationId).executeTakeFirst();
  if (!origin || !originIsKept(origin.seen_at, now)) return { block: undefined, known: false };
  const block = await inForce(db, now).where("b.fingerprint", "=", origin.fingerprint).executeTakeFirst();
  return { block: block && blockOf(block), known: true };
}
