import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { Reached } from "../../../platform/delivery/notify.ts";
import { addressPrint, hasStopped, stopWriting } from "../../../platform/delivery/stops.ts";
import { noteText } from "../../../platform/delivery/text-log.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, SignedIn } from "../../../platform/http/scope.ts";
import { phoneBound, phoneOf } from "../queries.ts";

/** Keeps her number, sealed with her key; without one what was kept goes. */
export const keepPhone = (house: House, { memberId }: Pick<SignedIn, "memberId">, phone: string | undefined): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    const { wrapped_key } = await tx.selectFrom("members").select("wrapped_key").where("id", "=", memberId).forUpdate().executeTakeFirstOrThrow();
    const sealed = phone === undefined ? null : seal(house.keys.openDataKey(wrapped_key, memberId), phone, phoneBound(memberId));
    await tx.updateTable("members").set({ phone_sealed: sealed }).where("id", "=", memberId).execute();
    await audit(tx, { memberId, act: phone === undefined ? "took_number_away" : "gave_number", subjectKind: "member", subjectId: memberId });
  });

/** A text to her number. `no_way`: she gave none, asked that number for no more, or none leaves from here. */
export async function textTo(house: House, memberId: MemberId, body: string): Promise<Reached> {
  const to = house.delivery.sms.canSend ? await phoneOf(house, memberId) : undefined;
  if (to === undefined) return "no_way";
  const print = addressPrint(house.keys, to);
  if (await hasStopped(house.db, print)) return "no_way";
  const texted = await house.delivery.sms.send({ to, body });
  if ("id" in texted) {
    await noteText(house.db, { id: texted.id, status: "queued" }, house.now());
    return "sent";
  }
  if (texted.refused === "stopped") await stopWriting(house.db, print, house.now());
  return "failed";
}
