import { sql } from "kysely";
import type { House } from "../../../platform/http/house.ts";
import { isBefore } from "../../../platform/time/time.ts";
import { partAt } from "../areas/parts/queries.ts";
import { networkNow } from "../../network/queries.ts";

/** A count of today is good for so many hours: on a large directory it is work. */
const goodForHours = 5;

/**
 * Counts how true the directory is now, into the row of today where the network is: of all of it, and of each area with the areas within.
 * Counted again within the day, the row is replaced; the days before stay as they were.
 */
export async function countLedger(house: House): Promise<void> {
  const now = house.now();
  const day = now.toZonedDateTimeISO((await networkNow(house.db))?.zone ?? "UTC").toPlainDate();
  const today = await house.db.selectFrom("ledger_days").select("counted_at").where("area_id", "=", "").where("day", "=", day).executeTakeFirst();
  if (today && isBefore(now, today.counted_at.add({ hours: goodForHours }))) return;
  const [days30, days90] = [30, 90].map((days) => now.subtract({ hours: days * 24 }));
  const shown = sql`(l.hidden_at is null or l.hidden_at > ${now})`;
  await sql`
    with recursive above as (
      select id as area, id as part from areas union all select parent, part from above join areas on areas.id = above.area where parent is not null
    ), rows as (
      select coalesce(part.id, l.area_id) as area_id, l.id, service_id, hidden_at, verified_at, in_doubt_since from listings l ${partAt}
    ), places as (
      select '' as area, rows.* from rows union all select above.area, rows.* from rows join above on above.part = rows.area_id
    ), reports as (
      select p.area, count(distinct r.id)::int as open from listing_reports r join places p on p.service_id = r.service_id where r.handled_at is null group by p.area
    )
    insert into ledger_days (day, area_id, shown, verified_30, verified_90, median_age_days, in_doubt, open_reports, hidden_expired, never_confirmed, counted_at)
    select ${day}::date, a.area,
      count(l.id) filter (where ${shown}),
      count(l.id) filter (where ${shown} and l.verified_at > ${days30}),
      count(l.id) filter (where ${shown} and l.verified_at > ${days90}),
      percentile_cont(0.5) within group (order by extract(epoch from ${now}::timestamptz - l.verified_at) / 86400) filter (where ${shown} and l.verified_at is not null),
      count(l.id) filter (where l.in_doubt_since is not null),
      coalesce(max(reports.open), 0),
      count(l.id) filter (where not ${shown} and l.in_doubt_since is null),
      count(l.id) filter (where ${shown} and l.verified_at is null),
      ${now}
    from (select '' as area union select area from places) a left join places l on l.area = a.area left join reports on reports.area = a.area
    group by a.area
    on conflict (area_id, day) do update set shown = excluded.shown, verified_30 = excluded.verified_30, verified_90 = excluded.verified_90, median_age_days = excluded.median_age_days,
      in_doubt = excluded.in_doubt, open_reports = excluded.open_reports, hidden_expired = excluded.hidden_expired, never_confirmed = excluded.never_confirmed, counted_at = excluded.counted_at`.execute(house.db);
}
