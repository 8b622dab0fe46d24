import { seal, unseal } from "../../../platform/crypto/seal.ts";
import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import { languages, type Language } from "../../../platform/i18n/words.ts";
import { staffNow } from "../../accounts/queries.ts";
import { topics } from "../events.ts";
import type { AreaId } from "../types.ts";
import type { OfferForm } from "./forms.ts";
import { offersDueOn } from "./rules.ts";
import { say } from "./words.ts";

export type OfferId = string & { readonly offerId: unique symbol };

/** Keeps an offer to look after an area, sealed, and has the coordinators told. */
export function offerToLookAfter(house: House, area: AreaId, language: Language, { name, contact, why }: OfferForm): Promise<void> {
  return inTransaction(house, async ({ tx, now, addJob, tell }) => {
    const { id } = await tx.insertInto("seat_offers").values({ area_id: area, language, made_at: now }).returning("id").executeTakeFirstOrThrow();
    const { key, wrapped } = house.keys.makeDataKey(id);
    const sealed = (field: string, text: string) => (text ? seal(key, text, `${id}/${field}`) : null);
    await tx
      .updateTable("seat_offers")
      .set({ wrapped_key: wrapped, name_sealed: sealed("name", name), contact_sealed: sealed("contact", contact), why_sealed: sealed("why", why) })
      .where("id", "=", id)
      .execute();
    await addJob("tell-of-seat-offer", {});
    tell(topics.tending);
  });
}

/** Tells every coordinator that somebody offered herself; nothing of what she wrote. */
export async function tellOfSeatOffer(house: House, notify: Notify): Promise<void> {
  const coordinators = (await staffNow(house.db, house.now())).filter(({ roles }) => roles.includes("coordinator"));
  const words = Object.fromEntries(languages.map((language) => [language, { title: say(language)("offerCallTitle"), body: say(language)("offerCallBody") }])) as Record<Language, { title: string; body: string }>;
  await notify(coordinators.map(({ id }) => id), { ...words, path: "/tend/areas" });
}

export type SeatOffer = { readonly id: OfferId; readonly area: AreaId; readonly language: string; readonly name: string; readonly contact: string; readonly why: string; readonly madeAt: Temporal.Instant };

/** The offers that nobody has answered, opened for a coordinator; her look is written down. */
export function openOffers(house: House, { member }: StaffScope): Promise<readonly SeatOffer[]> {
  return inTransaction(house, async ({ tx }) => {
    const rows = await tx.selectFrom("seat_offers").selectAll().where("answered_at", "is", null).where("wrapped_key", "is not", null).orderBy("made_at").execute();
    for (const { id } of rows) await audit(tx, { memberId: member.memberId, act: "opened_seat_offer", subjectKind: "network", subjectId: id });
    return rows.map((row) => {
      const key = house.keys.openDataKey(row.wrapped_key ?? Buffer.alloc(0), row.id);
      const opened = (field: string, sealed: Buffer | null) => (sealed ? unseal(key, sealed, `${row.id}/${field}`) : "");
      return { id: row.id as OfferId, area: row.area_id as AreaId, language: row.language, name: opened("name", row.name_sealed), contact: opened("contact", row.contact_sealed), why: opened("why", row.why_sealed), madeAt: row.made_at };
    });
  });
}

const gone = { wrapped_key: null, name_sealed: null, contact_sealed: null, why_sealed: null } as const;

/** She was answered: what she wrote goes. False where it was answered before. */
export const answerOffer = (house: House, { member }: StaffScope, id: OfferId): Promise<boolean> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    tell(topics.tending);
    return (await tx.updateTable("seat_offers").set({ answered_at: now, answered_by: member.memberId, ...gone }).where("id", "=", id).where("answered_at", "is", null).returning("id").execute()).length > 0;
  });

/** Offers that nobody answered in their time go too. */
export async function forgetOldOffers(house: House): Promise<void> {
  await house.db.updateTable("seat_offers").set({ answered_at: house.now(), ...gone }).where("answered_at", "is", null).where("made_at", "<", offersDueOn(house.now())).execute();
}

export type SeatRefusal = { readonly refused: "hasSeat" | "unknownArea" };

/** Gives a member the seat of an area from now on. */
export const giveSeat = (house: House, { member }: StaffScope, area: AreaId, to: MemberId): Promise<SeatRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    if (!(await tx.selectFrom("areas").select("id").where("id", "=", area).where("until", "is", null).executeTakeFirst())) return { refused: "unknownArea" };
    const given = await tx
      .insertInto("coordinator_seats")
      .values({ area_id: area, member_id: to, since: now })
      .onConflict((conflict) => conflict.columns(["area_id", "member_id"]).where("until", "is", null).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!given) return { refused: "hasSeat" };
    await audit(tx, { memberId: member.memberId, act: "gave_seat", subjectKind: "member", subjectId: to });
    tell(topics.tending);
    return undefined;
  });

/** Ends a seat; who held it is known from the row. */
export const endSeat = (house: House, { member }: StaffScope, area: AreaId, of: MemberId): Promise<boolean> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const ended = await tx.updateTable("coordinator_seats").set({ until: now }).where("area_id", "=", area).where("member_id", "=", of).where("until", "is", null).returning("id").execute();
    if (ended.length > 0) await audit(tx, { memberId: member.memberId, act: "ended_seat", subjectKind: "member", subjectId: of });
    tell(topics.tending);
    return ended.length > 0;
  });
