import type { Act } from "../../../platform/db/transaction.ts";
import { isBefore } from "../../../platform/time/time.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import { restand } from "../listing/commands.ts";
import type { Field, Kind, Method, ServiceId } from "../types.ts";
import { confirms, expiryOf, verifierOf } from "./rules.ts";

export type Statement = { readonly field: Field; readonly value: string };

export type Stating = {
  /** Who says so, in words that may be shown. */
  readonly source: string;
  readonly method: Method;
  /** Of a call: who made it. */
  readonly by?: { readonly memberId: MemberId; readonly role: "coordinator" | "volunteer" };
};

/**
 * Writes down what was said of a service: each statement supersedes the one before of its field, and is confirmed when the method confirms.
 * Its listing says so in the same transaction; whoever changed what it is, too, makes it anew (`relist`). One writer of a service at a time:
 * the row's lock gives each her turn.
 */
export async function state(act: Act, serviceId: ServiceId, statements: readonly Statement[], { source, method, by }: Stating): Promise<void> {
  const { tx, now } = act;
  if (statements.length === 0) return;
  const { kind } = (await tx.selectFrom("services").select("kind").where("id", "=", serviceId).forUpdate().executeTakeFirstOrThrow()) as { kind: Kind };
  const fields = statements.map(({ field }) => field);
  await tx.updateTable("listing_claims").set({ superseded_at: now }).where("service_id", "=", serviceId).where("field", "in", fields).where("superseded_at", "is", null).execute();
  const verified = confirms(method);
  await tx
    .insertInto("listing_claims")
    .values(
      statements.map(({ field, value }) => ({
        service_id: serviceId,
        field,
        value,
        source,
        method,
        stated_at: now,
        ...(verified ? { verified_at: now, verified_role: verifierOf(method, by?.role) ?? null, verified_by: by?.memberId ?? null, expires_at: expiryOf(kind, field, now) } : {}),
      })),
    )
    .execute();
  await restand(act, serviceId);
}

/** Nothing is said of these fields any more: what was said of them is history, and the listing says no more of it. */
export async function withdraw(act: Act, serviceId: ServiceId, fields: readonly Field[]): Promise<void> {
  const { numUpdatedRows } = await act.tx.updateTable("listing_claims").set({ superseded_at: act.now }).where("service_id", "=", serviceId).where("field", "in", fields).where("superseded_at", "is", null).executeTakeFirst();
  if (numUpdatedRows > 0n) await restand(act, serviceId);
}

/**
 * Says again, by this method, all that is stated of a service now (or of some fields): nothing changed, and somebody stands for it.
 * An answer about room or waiting whose time is over is shown to nobody, so nobody means it by "all": it is said again only when it is named.
 */
export async function confirmAll(act: Act, serviceId: ServiceId, stating: Stating, only?: readonly Field[]): Promise<void> {
  const said = await act.tx.selectFrom("listing_claims").select(["field", "value", "expires_at"]).where("service_id", "=", serviceId).where("superseded_at", "is", null).execute();
  const isOver = ({ field, expires_at }: (typeof said)[number]) => (field === "accepting" || field === "wait") && (expires_at === null || !isBefore(act.now, expires_at));
  const again = said.filter((claim) => (only ? only.some((wanted) => wanted === claim.field) : !isOver(claim))).map(({ field, value }) => ({ field, value })) as Statement[];
  await state(act, serviceId, again, stating);
}
