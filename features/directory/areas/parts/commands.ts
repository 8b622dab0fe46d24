import { audit } from "../../../../platform/audit/audit.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { StaffScope } from "../../../../platform/http/scope.ts";
import { topics } from "../../events.ts";
import { places } from "../../places/queries.ts";
import type { AreaId } from "../../types.ts";
import { allAreas } from "../queries.ts";
import { dividable, isPart } from "../rules.ts";
import type { Called } from "../types.ts";
import { partsNow } from "./queries.ts";
import { judgePrefixes, partId, type PrefixRefusal } from "./rules.ts";

export type NewPart = { readonly region: AreaId; readonly called: Called; readonly prefixes: readonly string[] };
export type PartRefusal = PrefixRefusal | { readonly refused: "partRegionUnknown" | "partNameTaken" | "partNoCodes" };

/** Names a part of a region. One that was ended and is named the same stands again, at its old address. */
export const namePart = (house: House, { member }: StaffScope, { region, called, prefixes }: NewPart): Promise<PartRefusal | undefined> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    if (!dividable(await allAreas(tx)).some(({ id }) => id === region)) return { refused: "partRegionUnknown" };
    // Whoever names another part of it at this moment waits, and is judged by this one.
    await tx.selectFrom("areas").select("id").where("id", "=", region).forUpdate().execute();
    const others = (await partsNow(tx)).filter(({ parent }) => parent === region);
    const id = partId(region, called, prefixes);
    if (others.some((other) => other.id === id || other.called.es.toLowerCase() === called.es.toLowerCase())) return { refused: "partNameTaken" };
    const isKnown = places().beginningsIn(region.slice(0, 2), region.slice(3) || undefined);
    if (!isKnown) return { refused: "partNoCodes" };
    const refusal = judgePrefixes(prefixes, others, isKnown);
    if (refusal) return refusal;
    const part = { name: called.en, name_es: called.es, postal_prefixes: [...prefixes], since: now, until: null };
    await tx.insertInto("areas").values({ id, parent: region, ...part }).onConflict((conflict) => conflict.column("id").doUpdateSet(part)).execute();
    await audit(tx, { memberId: member.memberId, act: "named_part", subjectKind: "network", subjectId: undefined, reason: id });
    tell(topics.tending);
    return undefined;
  });

/** Ends a part: its seats end with it, and offers to look after it go to its region. Its listings were the region's all along. False where it is none. */
export const endPart = (house: House, { member }: StaffScope, id: AreaId): Promise<boolean> =>
  inTransaction(house, async ({ tx, now, tell }) => {
    const ended = isPart(id) ? await tx.updateTable("areas").set({ until: now }).where("id", "=", id).where("until", "is", null).returning("parent").executeTakeFirst() : undefined;
    if (!ended?.parent) return false;
    await tx.updateTable("coordinator_seats").set({ until: now }).where("area_id", "=", id).where("until", "is", null).execute();
    await tx.updateTable("seat_offers").set({ area_id: ended.parent }).where("area_id", "=", id).where("answered_at", "is", null).execute();
    await audit(tx, { memberId: member.memberId, act: "ended_part", subjectKind: "network", subjectId: undefined, reason: id });
    tell(topics.tending);
    return true;
  });
