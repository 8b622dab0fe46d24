import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { ModeratorScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { InItsRoom } from "../../safety/types.ts";
import type { ServiceId } from "../types.ts";
import { sealedFor, whoSealedFor } from "./rules.ts";
import type { OpenReport, ReadReport } from "./types.ts";
import { say } from "./words.ts";

/** The open reports of these services, oldest first. */
export async function openReportsOf(db: Reader, ids: readonly ServiceId[]): Promise<ReadonlyMap<string, readonly OpenReport[]>> {
  const rows = await db
    .selectFrom("listing_reports")
    .select(["service_id", "kind", "by_whom", "made_at", "counts"])
    .where("service_id", "in", ids)
    .where("handled_at", "is", null)
    .orderBy("made_at")
    .execute();
  const reports = new Map<string, OpenReport[]>();
  for (const { service_id, kind, by_whom, made_at, counts } of rows) {
    const report = { kind: kind as OpenReport["kind"], byWhom: by_whom ?? Buffer.alloc(0), madeAt: made_at, counts };
    reports.set(service_id, [...(reports.get(service_id) ?? []), report]);
  }
  return reports;
}

/** The open reports of one listing, each with who wrote it, as `reportListing` was told; undefined of the owner's own, and of one that was not sealed so. */
export async function sealedReportsOf(db: Reader, keys: Keys, serviceId: ServiceId): Promise<readonly (OpenReport & { readonly id: string; readonly who: Buffer | undefined })[]> {
  const rows = await db.selectFrom("listing_reports").select(["id", "kind", "by_whom", "made_at", "counts", "who_sealed", "wrapped_key"]).where("service_id", "=", serviceId).where("handled_at", "is", null).orderBy("made_at").execute();
  return rows.map(({ id, kind, by_whom, made_at, counts, who_sealed, wrapped_key }) => ({
    id,
    kind: kind as OpenReport["kind"],
    byWhom: by_whom ?? Buffer.alloc(0),
    madeAt: made_at,
    counts,
    who: who_sealed && wrapped_key ? Buffer.from(unseal(keys.openDataKey(wrapped_key, sealedFor(id)), who_sealed, whoSealedFor(id)), "base64url") : undefined,
  }));
}

/** The open reports of one listing with what was added to them, for who looks after it. Oldest first. */
export async function reportsToRead(db: Reader, keys: Keys, serviceId: ServiceId): Promise<ReadReport[]> {
  const rows = await db.selectFrom("listing_reports").select(["id", "kind", "made_at", "note_sealed", "wrapped_key"]).where("service_id", "=", serviceId).where("handled_at", "is", null).orderBy("made_at").execute();
  return rows.map(({ id, kind, made_at, note_sealed, wrapped_key }) => ({
    kind: kind as OpenReport["kind"],
    madeAt: made_at,
    note: note_sealed && wrapped_key ? unseal(keys.openDataKey(wrapped_key, sealedFor(id)), note_sealed, sealedFor(id)) : undefined,
  }));
}

/** How these listings stand, for the safety desk: their names, which everybody may see, and whether anybody sees them now. What was reported is read where it is answered. */
export async function listingsForDesk(db: Reader, _scope: ModeratorScope, language: Language, ids: readonly string[]): Promise<ReadonlyMap<string, InItsRoom>> {
  const t = say(language);
  const rows = await db
    .selectFrom("services as s")
    .select(["s.id", "s.name"])
    .select((is) => is.exists(is.selectFrom("listing_reports as r").select("r.id").whereRef("r.service_id", "=", "s.id").where("r.kind", "=", "unsafe").where("r.handled_at", "is", null)).as("open"))
    .where("s.id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, name, open }) => [id, { path: `/tend/${id}`, where: name, state: t(open ? "deskOpen" : "deskLooked") }]));
}
