import type { Act } from "../../../platform/db/transaction.ts";
import { topics } from "../events.ts";
import { clocksOf } from "../claims/rules.ts";
import { anywhereIn, isAnywhere, tokensOf } from "../finder/rules.ts";
import { pointOfPostcode, zoneOf } from "../places/queries.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Point, ServiceId } from "../types.ts";
import { partsOf } from "./queries.ts";
import { areaOf, cardOf, placesOf, standsOn } from "./rules.ts";
import type { Place, ServiceParts } from "./types.ts";

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

/** One row a place of a service, or one without a place. None of a service that is closed or was merged into another. */
export function rowsOf(service: ServiceParts, { areas }: { readonly areas: ReadonlySet<string> }, now: Instant) {
  if (service.mergedInto !== undefined || service.status === "defunct" || service.status === "inactive") return [];
  const { kind, claims, inDoubtSince, awaySince } = service;
  const clocks = clocksOf(kind, standsOn(claims), inDoubtSince, awaySince);
  const accepting = claims.find(({ field }) => field === "accepting");
  return placesOf(service).map(({ id, place }) => {
    const area = areaOf(place?.address?.country, place?.address?.state_province) ?? service.areas[0] ?? areaOf(service.country, undefined);
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
      accepting: accepting?.verifiedAt ? (accepting.value as "yes" | "no" | "waitlist") : null,
      accepting_until: accepting?.expiresAt ?? null,
      verified_at: clocks.verifiedAt ?? null,
      fresh_until: clocks.freshUntil,
      sinks_at: clocks.sinksAt,
      hidden_at: clocks.hiddenAt ?? null,
      in_doubt_since: inDoubtSince ?? null,
      changed_at: now,
    };
  });
}

/** Its own point; where a source gave none, that of its postal code, which is good enough to say how far it is. */
function pointOf(place: Place | undefined, country: string | undefined): Point | undefined {
  if (place?.latitude !== undefined && place.longitude !== undefined) return { latitude: place.latitude, longitude: place.longitude };
  return country && place?.address && !place.virtual ? pointOfPostcode(country, place.address.postal_code) : undefined;
}
