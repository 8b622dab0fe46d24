import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { NetworkForm } from "../forms.ts";
import type { Exception } from "../hours/types.ts";
import type { PrivacyForm, RetentionForm, SpanForm } from "./forms.ts";

/** Every change of the settings, with the row that says who made it. */
function change<T>(house: House, { member }: StaffScope, act: string, work: (act: Act) => Promise<T>): Promise<T> {
  return inTransaction(house, async (transaction) => {
    const result = await work(transaction);
    await audit(transaction.tx, { memberId: member.memberId, act, subjectKind: "network", subjectId: undefined });
    return result;
  });
}

export const renameNetwork = (house: House, scope: StaffScope, form: NetworkForm): Promise<void> =>
  change(house, scope, "changed_network", async ({ tx }) => {
    await tx.updateTable("network").set({ name: form.networkName, host_organisation: form.hostOrganisation, country: form.country, zone: form.zone, languages: form.languages }).execute();
  });

export const setRetention = (house: House, scope: StaffScope, form: RetentionForm): Promise<void> =>
  change(house, scope, "changed_retention", async ({ tx }) => {
    await tx.updateTable("network").set({ conversation_days: form.conversationDays, contact_days: form.contactDays, audit_days: form.auditDays }).execute();
  });

export const setPrivacySaid = (house: House, scope: StaffScope, { contact, complainTo, more, leastAge }: PrivacyForm): Promise<void> =>
  change(house, scope, "changed_privacy", async ({ tx }) => {
    await tx.updateTable("network").set({ privacy_contact: contact, complain_to: complainTo, privacy_more_en: more.en, privacy_more_es: more.es, least_age: leastAge ?? null }).execute();
  });

/** Adds one span to each of these weekdays. Refused when every one of them has just this span already. */
export const addHours = (house: House, scope: StaffScope, { days, opens, closes }: SpanForm): Promise<{ refused: "spanTwice" } | undefined> =>
  change(house, scope, "changed_hours", async ({ tx }) => {
    // One coordinator at a time, so that two who press at once do not add the same span twice.
    await tx.selectFrom("network").select("only_one").forUpdate().execute();
    const there = await tx.selectFrom("opening_hours").select("weekday").where("opens", "=", opens).where("closes", "=", closes).execute();
    const missing = days.filter((weekday) => !there.some((span) => span.weekday === weekday));
    if (missing.length === 0) return { refused: "spanTwice" };
    await tx
      .insertInto("opening_hours")
      .values(missing.map((weekday) => ({ weekday, opens, closes })))
      .execute();
    return undefined;
  });

export const removeHours = (house: House, scope: StaffScope, id: string): Promise<boolean> =>
  change(house, scope, "changed_hours", async ({ tx }) => (await tx.deleteFrom("opening_hours").where("id", "=", id).returning("id").execute()).length > 0);

/** A day has one exception: a new one takes the place of the old. */
export const setException = (house: House, scope: StaffScope, { onDay, hours }: Exception): Promise<void> =>
  change(house, scope, "changed_exceptions", async ({ tx }) => {
    const times = { opens: hours?.opens ?? null, closes: hours?.closes ?? null };
    await tx
      .insertInto("opening_exceptions")
      .values({ on_day: onDay, ...times })
      .onConflict((conflict) => conflict.column("on_day").doUpdateSet(times))
      .execute();
  });

export const removeException = (house: House, scope: StaffScope, onDay: Temporal.PlainDate): Promise<boolean> =>
  change(house, scope, "changed_exceptions", async ({ tx }) => (await tx.deleteFrom("opening_exceptions").where("on_day", "=", onDay).returning("on_day").execute()).length > 0);
