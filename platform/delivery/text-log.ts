import type { Database, Reader } from "../db/database.ts";
import type { Instant } from "../time/time.ts";
import { rankOf, type TextReport } from "./sms.ts";

/** Has this text of the provider not been seen before? Asked in the transaction of what it does, it is true once, however often it is posted. */
export async function isFirstTime(db: Reader, providerId: string, now: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.insertInto("received_texts").values({ provider_id: providerId, at: now }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Keeps how far a text has come. Reports in any order, however often, leave the same row: the highest rank. */
export async function noteText(db: Database, { id, status }: TextReport, now: Instant): Promise<void> {
  const rank = rankOf(status);
  await db
    .insertInto("sent_texts")
    .values({ provider_id: id, status, rank, at: now })
    .onConflict((conflict) => conflict.column("provider_id").doUpdateSet({ status, rank, at: now }).where("sent_texts.rank", "<", rank))
    .execute();
}
