import { hashToken, unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { OwnerScope } from "../../../platform/http/scope.ts";
import { isLanguage, type Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { clocksOf } from "../claims/rules.ts";
import { partsOf } from "../listing/queries.ts";
import { standsOn } from "../listing/rules.ts";
import type { Card, ServiceId } from "../types.ts";
import { acceptingShown, sealedFor, shownOf, versionOf, waitShown } from "./rules.ts";
import type { Hand, OwnerAddress, OwnListing, OwnPhone } from "./types.ts";

/** The listing that a token opens at `now`; undefined for one that is over, was taken back, or never was. */
export async function linkOf(db: Reader, token: string, now: Instant): Promise<{ serviceId: ServiceId; linkHash: Buffer; language: Language } | undefined> {
  const row = await db
    .selectFrom("owner_links")
    .innerJoin("services", "services.id", "owner_links.service_id")
    .select(["service_id", "token_hash", "owner_links.language"])
    .where("token_hash", "=", hashToken(token))
    .where("owner_links.expires_at", ">", now)
    .where("revoked_at", "is", null)
    .where("merged_into", "is", null)
    .executeTakeFirst();
  return row && { serviceId: row.service_id as ServiceId, linkHash: row.token_hash, language: isLanguage(row.language) ? row.language : "en" };
}

/** Her own listing, whole, shown to others or not; or the one that a coordinator mends. Undefined when it is gone. */
export async function ownListing(db: Reader, scope: OwnerScope | Hand, now: Instant): Promise<OwnListing | undefined> {
  const id = scope.serviceId as ServiceId;
  const [service] = (await partsOf(db, [id])).services;
  if (!service) return undefined;
  const rows = await db.selectFrom("listings").select(["country", "card"]).where("service_id", "=", id).orderBy("id").execute();
  const closed = await db.selectFrom("listing_reports").select("id").where("service_id", "=", id).where("kind", "=", "closed").where("handled_at", "is", null).executeTakeFirst();
  const { hiddenAt } = clocksOf(service.kind, standsOn(service.claims), service.inDoubtSince, service.awaySince);
  return {
    service,
    shown: shownOf(service, now),
    accepting: acceptingShown(service, now),
    waitDays: waitShown(service, now),
    phones: await ownPhones(db, id),
    hours: [...service.hours, ...service.places.flatMap(({ hours }) => hours)],
    zone: service.places.find(({ zone }) => zone)?.zone ?? (rows[0]?.card as Card | undefined)?.zone ?? service.hours.find(({ zone }) => zone)?.zone,
    country: rows.find(({ country }) => country)?.country ?? service.country,
    version: versionOf(service, now),
    listed: rows.length > 0 && (hiddenAt === undefined || Temporal.Instant.compare(hiddenAt, now) > 0),
    saidClosed: closed !== undefined,
    hiddenAt,
  };
}

/** Where she is asked, as she gave it. */
export async function contactsOf(db: Reader, keys: Keys, scope: OwnerScope): Promise<OwnerAddress[]> {
  const rows = await db.selectFrom("owner_contacts").selectAll().where("service_id", "=", scope.serviceId).orderBy("way").execute();
  return rows.map(({ id, way, sealed, wrapped_key, language }) => ({
    way: way === "text" ? "text" : "email",
    address: unseal(keys.openDataKey(wrapped_key, sealedFor(id)), sealed, sealedFor(id)),
    language: isLanguage(language) ? language : "en",
  }));
}

/**
 * The numbers that an owner may change: of the service and of it at its places; of the organization or the building only where no other
 * service shares them, since her link is good for her own listing.
 */
async function ownPhones(db: Reader, id: ServiceId): Promise<OwnPhone[]> {
  const rows = await db
    .selectFrom("phones")
    .select(["phones.id", "number", "type", "extension"])
    .where((eb) =>
      eb.or([
        eb("phones.service_id", "=", id),
        eb("phones.service_at_location_id", "in", eb.selectFrom("services_at_locations as at").select("at.id").where("at.service_id", "=", id)),
        eb("phones.organization_id", "in", (own) =>
          own
            .selectFrom("services as s")
            .select("s.organization_id")
            .where("s.id", "=", id)
            .where("s.organization_id", "is not", null)
            .where(({ not, exists, selectFrom }) => not(exists(selectFrom("services as other").select("other.id").whereRef("other.organization_id", "=", "s.organization_id").where("other.id", "<>", id))))
            .$castTo<string>(),
        ),
        eb("phones.location_id", "in", (own) =>
          own
            .selectFrom("services_at_locations as at")
            .select("at.location_id")
            .where("at.service_id", "=", id)
            .where(({ not, exists, selectFrom }) => not(exists(selectFrom("services_at_locations as other").select("other.id").whereRef("other.location_id", "=", "at.location_id").where("other.service_id", "<>", id)))),
        ),
      ]),
    )
    .orderBy((eb) => eb("phones.service_id", "is", null))
    .orderBy("phones.id")
    .execute();
  return rows.map(({ id: phone, number, type, extension }) => ({ id: phone, number, type: type ?? undefined, extension: extension ?? undefined }));
}
