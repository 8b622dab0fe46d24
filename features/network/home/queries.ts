import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import { isLanguage } from "../../../platform/i18n/words.ts";
import { minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { nextOpening } from "../hours/rules.ts";
import type { Exception, Span } from "../hours/types.ts";
import { roundedCount } from "./rules.ts";
import type { HomeFacts } from "./types.ts";

const parentAwayMinutes = 10;
const volunteerAwayMinutes = 2;
const soonMinutes = 20 * 60;

type Row = {
  people: number;
  on_duty: string[];
  zone: string | null;
  host: string | null;
  hours: { weekday: number; opens: string; closes: string }[];
  exceptions: { on_day: string; opens: string | null; closes: string | null }[];
};

const parentsHere = (now: Instant) => sql`(select count(*) from conversations where parent_seen_at > ${now.subtract({ minutes: parentAwayMinutes })} and ended_at is null and erased_at is null)`;
const onDuty = (now: Instant) => sql`shifts where ended_at is null and ends_at > ${now} and seen_at > ${now.subtract({ minutes: volunteerAwayMinutes })}`;

/** Parents seen in the last 10 minutes in a conversation that goes on, and volunteers on duty seen in the last 2. */
export async function peopleHere(db: Reader, now: Instant): Promise<number> {
  const { rows } = await sql<{ people: number }>`select ${parentsHere(now)} + (select count(*) from ${onDuty(now)}) as people`.execute(db);
  return rows[0]?.people ?? 0;
}

/** All that home says of this moment, by one statement. */
export async function homeFacts(db: Reader, now: Instant): Promise<HomeFacts> {
  const since = now.subtract({ hours: 48 });
  const { rows } = await sql<Row>`
    select ${parentsHere(now)} + (select count(*) from ${onDuty(now)}) as people,
      array(select distinct unnest(languages) from ${onDuty(now)} order by 1) as on_duty,
      (select zone from network) as zone, (select host_organisation from network) as host,
      (select coalesce(json_agg(json_build_object('weekday', weekday, 'opens', opens, 'closes', closes)), '[]') from opening_hours) as hours,
      (select coalesce(json_agg(json_build_object('on_day', on_day, 'opens', opens, 'closes', closes)), '[]') from opening_exceptions where on_day >= ${since}::date) as exceptions
  `.execute(db);
  const row = rows[0];
  const zone = row?.zone ?? "UTC";
  const opensAt = row && row.on_duty.length === 0 ? nextOpening(row.hours.map(asSpan), row.exceptions.map(asException), zone, now) : undefined;
  // Open by the calendar but nobody here: a time that has passed is no promise.
  const ahead = opensAt && Temporal.Instant.compare(opensAt, now) > 0 ? opensAt : undefined;
  const opensSoon = ahead !== undefined && minutesBetween(now, ahead) < soonMinutes;
  return { known: true, opensSoon, count: roundedCount(row?.people ?? 0), onDuty: (row?.on_duty ?? []).filter(isLanguage), opensAt: ahead, zone, host: row?.host ?? undefined };
}

const asSpan = ({ weekday, opens, closes }: Row["hours"][number]): Span => ({ weekday, opens: Temporal.PlainTime.from(opens), closes: Temporal.PlainTime.from(closes) });

const asException = ({ on_day, opens, closes }: Row["exceptions"][number]): Exception => ({
  onDay: Temporal.PlainDate.from(on_day),
  hours: opens && closes ? { opens: Temporal.PlainTime.from(opens), closes: Temporal.PlainTime.from(closes) } : undefined,
});
