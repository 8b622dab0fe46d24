import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { isOpen, nextOpening } from "./rules.ts";
import type { Exception, Opening, Span } from "./types.ts";

export type ListedSpan = Span & { readonly id: string };

/** The usual hours by weekday and opening. */
export async function usualHours(db: Reader): Promise<ListedSpan[]> {
  return db.selectFrom("opening_hours").select(["id", "weekday", "opens", "closes"]).orderBy("weekday").orderBy("opens").execute();
}

/** Days that differ, from the day before `now` on. */
export async function exceptionsFrom(db: Reader, now: Instant): Promise<Exception[]> {
  const since = now.toZonedDateTimeISO("UTC").toPlainDate().subtract({ days: 2 });
  const rows = await db.selectFrom("opening_exceptions").selectAll().where("on_day", ">=", since).orderBy("on_day").execute();
  return rows.map(({ on_day, opens, closes }) => ({ onDay: on_day, hours: opens && closes ? { opens, closes } : undefined }));
}

/** All that decides when it is open; undefined before the network is set up. */
export async function openingNow(db: Reader, now: Instant): Promise<Opening | undefined> {
  const network = await db.selectFrom("network").select("zone").executeTakeFirst();
  if (!network) return undefined;
  const [hours, exceptions] = await Promise.all([usualHours(db), exceptionsFrom(db, now)]);
  return { hours, exceptions, zone: network.zone };
}

/** When volunteers are usually here next, `now` included; undefined when no hours are set. */
export async function nextOpeningAt(db: Reader, now: Instant): Promise<Instant | undefined> {
  const opening = await openingNow(db, now);
  return opening && nextOpening(opening.hours, opening.exceptions, opening.zone, now);
}

/** Are volunteers usually here now? False when no hours are set. */
export async function isOpenNow(db: Reader, now: Instant): Promise<boolean> {
  const opening = await openingNow(db, now);
  return opening !== undefined && isOpen(opening.hours, opening.exceptions, opening.zone, now);
}
