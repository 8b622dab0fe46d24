import { sql } from "kysely";
import type { Act } from "../../../platform/db/transaction.ts";
import { topics } from "../events.ts";
import { clocksOf } from "../claims/rules.ts";
import { anywhereIn, isAnywhere, tokensOf } from "../finder/rules.ts";
import { pointOfPostcode, zoneOf } from "../places/queries.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Accepting, Card, Point, ServiceId } from "../types.ts";
import { partsOf, standingPartsOf } from "./queries.ts";
import { areaOf, cardOf, placesOf, standingOf, standsOn } from "./rules.ts";
import type { Place, ServiceParts, StandingParts } from "./types.ts";

/** At most so many services are read and written in one go. */
const batch = 500;

/** Makes the rows that can be found of these services anew from what is known of them now. Those merged, closed or gone have none. */
export async function relist({ tx, now, tell }: Act, serviceIds: readonly ServiceId[]): Promise<void> {
  for (let from = 0; from < serviceIds.length; from += batch) {
    const ids = serviceIds.slice(from, from + batch);
    const parts = await partsOf(tx, ids);
    const rows = parts.services.flatMap((service) => rowsOf(service, parts, now));
    await tx
      .deleteFrom("listings")
      .where("service_id", "in", ids)
      .$if(rows.length > 0, (query) => query.where("id", "not in", rows.map(({ id }) => id)))
      .execute();
    if (rows.length === 0) continue;
    await tx
      .insertInto("listings")
      .values(rows)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet(({ ref }) => ({
          service_id: ref("excluded.service_id"),
          kind: ref("excluded.kind"),
          card: ref("excluded.card"),
          area_id: ref("excluded.area_id"),
          country: ref("excluded.country"),
          latitude: ref("excluded.latitude"),
          longitude: ref("excluded.longitude"),
          tokens: ref("excluded.tokens"),
          accepting: ref("excluded.accepting"),
          accepting_until: ref("excluded.accepting_until"),
          verified_at: ref("excluded.verified_at"),
          fresh_until: ref("excluded.fresh_until"),
          sinks_at: ref("excluded.sinks_at"),
          hidden_at: ref("excluded.hidden_at"),
          in_doubt_since: ref("excluded.in_doubt_since"),
          changed_at: ref("excluded.changed_at"),
        })),
      )
      .execute();
  }
  if (serviceIds.length > 0) tell(topics.listings);
}

/**
 * Where nothing but statements about a service changed: its rows keep their words and places, and say anew who stands for them, until when.
 * A service that has no row, or should have none, is made anew.
 */
export async function restand(act: Act, serviceId: ServiceId): Promise<void> {
  const { tx, now, tell } = act;
  const service = await standingPartsOf(tx, serviceId);
  const { card, ...columns } = service && isListed(service) ? { card: standingOf(service.claims), ...clocksIn(service) } : { card: undefined };
  const { numUpdatedRows } = card
    ? await tx
        .updateTable("listings")
        .set({ ...columns, card: sql`(card - ${sql.val(ofStanding)}::text[]) || ${JSON.stringify(card)}::jsonb`, changed_at: now })
        .where("service_id", "=", serviceId)
        .executeTakeFirst()
    : { numUpdatedRows: 0n };
  if (numUpdatedRows === 0n) return relist(act, [serviceId]);
  tell(topics.listings);
}

/** What `standingOf` writes on a card. */
const ofStanding: readonly (keyof Card)[] = ["source", "checkedHow", "acceptingStatedAt", "waitDays", "waitUntil"];

/** The columns of a row that say who stands for it, until when. */
function clocksIn({ kind, claims, inDoubtSince, awaySince }: StandingParts) {
  const clocks = clocksOf(kind, standsOn(claims), inDoubtSince, awaySince);
  const accepting = claims.find(({ field }) => field === "accepting");
  return {
    accepting: accepting?.verifiedAt ? (accepting.value as Accepting) : null,
    accepting_until: accepting?.expiresAt ?? null,
    verified_at: clocks.verifiedAt ?? null,
    fresh_until: clocks.freshUntil,
    sinks_at: clocks.sinksAt,
    hidden_at: clocks.hiddenAt ?? null,
    in_doubt_since: inDoubtSince ?? null,
  };
}

const isListed = ({ status, mergedInto }: StandingParts): boolean => mergedInto === undefined && status !== "defunct" && status !== "inactive";

/** One row a place of a service, or one without a place. None of a service that is closed or was merged into another. */
export function rowsOf(service: ServiceParts, { areas }: { readonly areas: ReadonlySet<string> }, now: Instant) {
  if (!isListed(service)) return [];
  const { kind } = service;
  const standing = clocksIn(service);
  return placesOf(service).map(({ id, place }) => {
    const address = place?.address ?? place?.mail;
    const area = areaOf(address?.country, address?.state_province) ?? service.areas[0] ?? areaOf(service.country, undefined);
    const country = area?.slice(0, 2);
    const at = pointOf(place, country);
    const card = cardOf(service, place, place?.zone ?? (at && zoneOf(at)));
    return {
      id,
      service_id: service.id,
      kind,
      card: JSON.stringify(card),
      area_id: area && areas.has(area) ? area : null,
      country: country ?? null,
      latitude: at?.latitude ?? null,
      longitude: at?.longitude ?? null,
      tokens: [...tokensOf(kind, card, service.description), ...(area && isAnywhere(card, at) ? [anywhereIn(area)] : [])],
      ...standing,
      changed_at: now,
    };
  });
}

/** Its own point; where a source gave none, that of its postal code (or of its letter box), which is good enough to say how far it is. */
function pointOf(place: Place | undefined, country: string | undefined): Point | undefined {
  if (place?.latitude !== undefined && place.longitude !== undefined) return { latitude: place.latitude, longitude: place.longitude };
  const address = place?.address ?? place?.mail;
  return country && address && !place?.virtual ? pointOfPostcode(country, address.postal_code) : undefined;
}
