import type { Subscription } from "../../../platform/delivery/subscription.ts";
import type { House } from "../../../platform/http/house.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";

/** This device may be pushed for her from now on; a device that was another member's becomes hers. */
export async function keepSubscription({ db, now }: House, { member }: StaffScope, { endpoint, keys: { p256dh, auth } }: Subscription): Promise<void> {
  const values = { member_id: member.memberId, p256dh, auth, made_at: now() };
  await db.insertInto("push_subscriptions").values({ endpoint, ...values }).onConflict((twin) => twin.column("endpoint").doUpdateSet(values)).execute();
}

/** This device of hers is pushed no more. */
export async function dropSubscription({ db }: House, { member }: StaffScope, endpoint: string): Promise<void> {
  await db.deleteFrom("push_subscriptions").where("endpoint", "=", endpoint).where("member_id", "=", member.memberId).execute();
}
