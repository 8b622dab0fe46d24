import type { Reader } from "../../../platform/db/database.ts";
import { partsNow } from "../areas/parts/queries.ts";
import { isPart } from "../areas/rules.ts";
import { percentOf, trendDays } from "./rules.ts";
import type { AreaCount, Ledger } from "./types.ts";

/** The newest count there is; undefined before the first. */
export async function ledgerNow(db: Reader): Promise<Ledger | undefined> {
  const last = await db.selectFrom("ledger_days").select(["day", "counted_at"]).where("area_id", "=", "").orderBy("day", "desc").executeTakeFirst();
  if (!last) return undefined;
  const rows = await db.selectFrom("ledger_days").selectAll().where("day", "=", last.day).orderBy("area_id").execute();
  const counts = rows.map(
    (row): AreaCount => ({
      area: row.area_id,
      shown: row.shown,
      verified30: row.verified_30,
      verified90: row.verified_90,
      medianAgeDays: row.median_age_days ?? undefined,
      inDoubt: row.in_doubt,
      openReports: row.open_reports,
      hiddenExpired: row.hidden_expired,
      neverConfirmed: row.never_confirmed,
    }),
  );
  const network = counts.find(({ area }) => area === "");
  const parts = await partsNow(db);
  const stands = ({ area }: AreaCount) => area !== "" && (!isPart(area) || parts.some(({ id }) => id === area));
  const past = await db.selectFrom("ledger_days").select(["day", "shown", "verified_90"]).where("area_id", "=", "").where("day", ">", last.day.subtract({ days: trendDays })).orderBy("day").execute();
  return network && { day: last.day, countedAt: last.counted_at, network, areas: counts.filter(stands), parts, trend: past.map((row) => ({ day: row.day, percent90: percentOf(row.verified_90, row.shown) })) };
}
