import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { seriesOf } from "../queries.ts";
import { healthWeeks } from "./rules.ts";
import type { Health } from "./types.ts";

/** Each group that met or meets, with what its meetings of the last weeks came to together. */
export async function healthOf(db: Reader, _scope: StaffScope, now: Instant): Promise<Health[]> {
  const since = now.subtract({ hours: healthWeeks * 7 * 24 });
  const [series, rows] = await Promise.all([
    seriesOf(db),
    db
      .selectFrom("group_sessions as s")
      .leftJoin("session_totals as t", "t.session_id", "s.id")
      .select(({ fn }) => ["s.series_id", fn.count<number>("t.session_id").as("met"), fn.count<number>("s.cancelled_at").as("cancelled"), fn.sum<number | null>("t.held").as("held"), fn.sum<number | null>("t.came").as("came"), fn.sum<number | null>("t.waited").as("waited"), fn.sum<number | null>("t.no_shows").as("no_shows"), fn.sum<number | null>("t.came_back").as("came_back")])
      .where("s.starts_at", ">", since)
      .where("s.starts_at", "<=", now)
      .groupBy("s.series_id")
      .execute(),
  ]);
  const of = new Map(rows.map((row) => [row.series_id as string, row]));
  return series.flatMap((one) => {
    const row = of.get(one.id);
    if (!one.approvedAt || (one.endedAt && !row)) return [];
    const number = (value: number | null | undefined) => Number(value ?? 0);
    return [{ series: one, met: number(row?.met), cancelled: number(row?.cancelled), held: number(row?.held), came: number(row?.came), waited: number(row?.waited), noShows: number(row?.no_shows), cameBack: number(row?.came_back) }];
  });
}
