import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { networkNow } from "../../network/queries.ts";
import { confirmAll, state, type Statement, type Stating } from "../claims/commands.ts";
import { relist } from "../listing/commands.ts";
import { partsOf } from "../listing/queries.ts";
import { revokeOwnerLinks } from "../renewal/commands.ts";
import { handleReports, moveReports, takeOut, type Handling } from "../reports/commands.ts";
import { answeredByProvider } from "../reports/types.ts";
import { topics } from "../events.ts";
import type { ServiceId } from "../types.ts";
import type { CallForm, Decision } from "./forms.ts";
import { sharing } from "./queries.ts";
import { wrongNumber } from "./rules.ts";

export type CallRefusal = { readonly refused: "notHere" | "numberMissing" };

/** Writes down how a call went, and does what follows from it. Refused where there is no such listing, or a wrong number could be any of several. */
export async function recordCall(house: House, scope: StaffScope, serviceId: ServiceId, form: CallForm): Promise<CallRefusal | undefined> {
  const source = (await networkNow(house.db))?.name ?? "Small Hours";
  const { memberId } = scope.member;
  const byPhone: Stating = { source, method: "call", by: { memberId, role: "coordinator" } };
  return inTransaction(house, async (act): Promise<CallRefusal | undefined> => {
    const { tx, now, tell } = act;
    const service = await tx.selectFrom("services").select("id").where("id", "=", serviceId).where("merged_into", "is", null).forUpdate().executeTakeFirst();
    const [parts] = service ? (await partsOf(tx, [serviceId])).services : [];
    if (!parts) return { refused: "notHere" };
    const wrong = form.outcome === "wrong_number" ? wrongNumber(parts, form.number) : { key: undefined };
    if ("refused" in wrong) return wrong;
    await tx.insertInto("listing_calls").values({ service_id: serviceId, member_id: memberId, made_at: now, outcome: form.outcome }).execute();
    await audit(tx, { memberId, act: "called_listing", subjectKind: "listing", subjectId: serviceId, reason: form.outcome });
    if (wrong.key !== undefined) await forgetNumber(act, serviceId, wrong.key);
    await followFrom(act, serviceId, form, byPhone);
    await settleUnsafe(act, serviceId, form, memberId);
    tell(topics.tending);
    return undefined;
  });
}

/** What an answer on the phone changes. Nobody answering changes nothing but the queue. */
async function followFrom(act: Act, serviceId: ServiceId, form: CallForm, byPhone: Stating): Promise<void> {
  const by = byPhone.by?.memberId;
  const handle = (outcome: "confirmed" | "corrected" | "removed", kinds?: Handling["kinds"]) => handleReports(act, serviceId, { outcome, ...(by ? { by } : {}), ...(kinds ? { kinds } : {}) });
  switch (form.outcome) {
    case "all_right":
      await confirmAll(act, serviceId, byPhone);
      await state(act, serviceId, heard(form), byPhone);
      return handle("confirmed", answeredByProvider);
    case "some_right":
      await confirmAll(act, serviceId, byPhone, form.confirmed);
      await state(act, serviceId, heard(form), byPhone);
      return form.confirmed.includes("contact") ? handle("confirmed", ["cannot_reach"]) : undefined;
    case "wrong_number":
      await state(act, serviceId, [{ field: "contact", value: "no number" }], { source: byPhone.source, method: "edit" });
      return handle("corrected", ["cannot_reach"]);
    case "closed":
      await handle("removed");
      return takeOut(act, serviceId, "defunct");
    case "asked_to_leave":
      return handle("removed");
    case "no_answer":
      return undefined;
  }
}

/** That somebody did not feel safe stays open, and the listing hidden, until one of ours says in so many words what she found. */
async function settleUnsafe(act: Act, serviceId: ServiceId, { unsafe }: CallForm, by: MemberId): Promise<void> {
  if (unsafe === "open") return;
  const open = await act.tx.selectFrom("listing_reports").select("id").where("service_id", "=", serviceId).where("kind", "=", "unsafe").where("handled_at", "is", null).executeTakeFirst();
  if (open) await handleReports(act, serviceId, { outcome: unsafe, by, ...(unsafe === "not_so" ? { kinds: ["unsafe"] } : {}) });
}

/** What was asked besides: room and waiting time. What was not asked stays as it was. */
function heard({ accepting, waitDays }: CallForm): readonly Statement[] {
  return [
    ...(accepting === "unasked" ? [] : [{ field: "accepting", value: accepting } as const]),
    ...(waitDays === undefined ? [] : [{ field: "wait", value: String(waitDays) } as const]),
  ];
}

/**
 * A number that rings somebody else goes, wherever this listing has it from: its own, its building's or its organization's.
 * Nobody is sent there again, so whoever else showed it is made anew too.
 */
async function forgetNumber(act: Act, serviceId: ServiceId, key: string): Promise<void> {
  const { tx } = act;
  const places = tx.selectFrom("services_at_locations").where("service_id", "=", serviceId);
  const organization = tx.selectFrom("services").select("organization_id").where("id", "=", serviceId).where("organization_id", "is not", null).$castTo<{ organization_id: string }>();
  const gone = await tx
    .deleteFrom("phones")
    .where((eb) => eb(eb.fn.coalesce("dial", "number"), "=", key))
    .where((eb) => eb.or([eb("service_id", "=", serviceId), eb("service_at_location_id", "in", places.select("id")), eb("location_id", "in", places.select("location_id")), eb("organization_id", "in", organization)]))
    .returning(["location_id", "organization_id"])
    .execute();
  await relist(act, await sharing(tx, serviceId, { organizations: gone.flatMap(({ organization_id }) => organization_id ?? []), locations: gone.flatMap(({ location_id }) => location_id ?? []) }));
}

/** A person decides about two that look alike. Whichever goes points at the one that stays, with the places that only it had. */
export const decideDuplicate = (house: House, { member }: StaffScope, id: string, keep: Decision): Promise<{ refused: "dupGone" } | undefined> =>
  inTransaction(house, async (act) => {
    const { tx, now, tell } = act;
    const pair = await tx.selectFrom("listing_duplicates").select(["service_a", "service_b"]).where("id", "=", id).where("decided_at", "is", null).forUpdate().executeTakeFirst();
    if (!pair) return { refused: "dupGone" };
    const decision = keep === "both" ? "kept_both" : "merged";
    await tx.updateTable("listing_duplicates").set({ decided_at: now, decided_by: member.memberId, decision }).where("id", "=", id).execute();
    await audit(tx, { memberId: member.memberId, act: `duplicate_${decision}`, subjectKind: "listing", subjectId: pair.service_a });
    if (keep !== "both") await mergeInto(house, act, (keep === "a" ? pair.service_a : pair.service_b) as ServiceId, (keep === "a" ? pair.service_b : pair.service_a) as ServiceId);
    tell(topics.tending);
    return undefined;
  });

async function mergeInto(house: House, act: Act, stays: ServiceId, goes: ServiceId): Promise<void> {
  const { tx, now } = act;
  const had = tx.selectFrom("services_at_locations").select("location_id").where("service_id", "=", stays);
  await tx.updateTable("services_at_locations").set({ service_id: stays }).where("service_id", "=", goes).where("location_id", "not in", had).execute();
  await tx.updateTable("services").set({ merged_into: stays, edited_at: now }).where((eb) => eb.or([eb("id", "=", goes), eb("merged_into", "=", goes)])).execute();
  await tx.updateTable("services").set({ edited_at: now }).where("id", "=", stays).execute();
  await moveReports(house, act, stays, goes);
  await moveOwner(act, stays, goes);
  // What else was proposed of the one that went is about the one that stays, or about nothing.
  await tx.deleteFrom("listing_duplicates").where("decided_at", "is", null).where((eb) => eb.or([eb("service_a", "=", goes), eb("service_b", "=", goes)])).execute();
  await relist(act, [stays, goes]);
}

/** How the owner of the one that went is asked is of the one that stays; of two addresses for one way the newer is. Links to the one that went open nothing any more. */
async function moveOwner(act: Act, stays: ServiceId, goes: ServiceId): Promise<void> {
  const { tx } = act;
  const contacts = (of: ServiceId, than: ServiceId) =>
    tx
      .deleteFrom("owner_contacts as c")
      .where("c.service_id", "=", of)
      .where((eb) => eb.exists(eb.selectFrom("owner_contacts as other").select("other.id").where("other.service_id", "=", than).whereRef("other.way", "=", "c.way").whereRef("other.given_at", ">=", "c.given_at")))
      .execute();
  await contacts(goes, stays);
  await contacts(stays, goes);
  await tx.updateTable("owner_contacts").set({ service_id: stays }).where("service_id", "=", goes).execute();
  await tx.updateTable("owner_asks").set({ service_id: stays }).where("service_id", "=", goes).execute();
  await revokeOwnerLinks(act, goes);
}
