import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { networkNow } from "../../network/queries.ts";
import { liesIn, partsNow } from "../areas/parts/queries.ts";
import type { ReportKind } from "../reports/types.ts";
import type { CallOutcome } from "./forms.ts";
import { kinds, type AreaId, type Kind, type ServiceId } from "../types.ts";
import { byRisk, reasonsFor, riskOf } from "./rules.ts";
import type { Due, Facts } from "./types.ts";

/** So many of each kind are weighed against one another; nobody calls more in a morning. */
const weighed = 60;
const soon = { hours: 24 * 14 } as const;
/** One that was called, whatever came of it, comes up again the next morning. */
const again = { hours: 16 } as const;

/**
 * What is to be looked at, the greatest risk first, in these areas and all within them (none: everywhere).
 * Of each kind those that ended longest ago are weighed, and all that somebody reported: an import of a million rows costs no more.
 */
export async function dueNow(db: Reader, _scope: StaffScope, areas: readonly AreaId[], now: Instant, limit = 40): Promise<readonly Due[]> {
  const parts = await partsNow(db);
  const within = areas.length === 0 ? sql`true` : sql`(${sql.join(areas.map((area) => sql`${liesIn(area, parts)} or l.area_id like ${`${area}-%`}`), sql` or `)})`;
  const columns = sql`l.service_id, l.kind, l.area_id, l.verified_at, l.fresh_until, l.hidden_at, l.in_doubt_since`;
  const ending = sql.join(
    kinds.map((kind) => sql`(select ${columns} from listings l where l.kind = ${kind} and l.fresh_until < ${now.add(soon)} and ${within} order by l.fresh_until limit ${weighed})`),
    sql` union all `,
  );
  const { rows } = await sql<DueRow>`
    with due as (
      ${ending}
      union all
      (select ${columns} from listings l where exists (select from listing_reports r where r.service_id = l.service_id and r.handled_at is null) and ${within})
      union all
      (select ${columns} from listings l where l.service_id in (select service_id from listing_conflicts where decided_at is null) and ${within})
    ), one as (select distinct on (service_id) * from due order by service_id, fresh_until)
    select one.*, s.name, o.name as organization,
      coalesce((select array_agg(r.kind) from listing_reports r where r.service_id = one.service_id and r.handled_at is null), '{}') as reports,
      exists (select from listing_conflicts c where c.service_id = one.service_id and c.decided_at is null) as conflict
    from one join services s on s.id = one.service_id left join organizations o on o.id = s.organization_id
    where not exists (select from listing_calls c where c.service_id = one.service_id and c.made_at > ${now.subtract(again)})
  `.execute(db);
  return rows
    .map((row) => dueOf(row, now))
    .filter(({ reasons }) => reasons.length > 0)
    .sort(byRisk)
    .slice(0, limit);
}

type DueRow = {
  service_id: ServiceId;
  name: string;
  organization: string | null;
  area_id: AreaId | null;
  kind: Kind;
  verified_at: Instant | null;
  fresh_until: Instant;
  hidden_at: Instant | null;
  in_doubt_since: Instant | null;
  reports: ReportKind[];
  conflict: boolean;
};

function dueOf(row: DueRow, now: Instant): Due {
  const facts: Facts = {
    kind: row.kind,
    verifiedAt: row.verified_at ?? undefined,
    freshUntil: row.fresh_until,
    hiddenAt: row.hidden_at ?? undefined,
    inDoubtSince: row.in_doubt_since ?? undefined,
    reports: row.reports,
    conflict: row.conflict,
  };
  const reasons = reasonsFor(facts, now);
  return { serviceId: row.service_id, name: row.name, organization: row.organization ?? undefined, area: row.area_id ?? undefined, facts, reasons, risk: riskOf(row.kind, reasons) };
}

/** How much is to be done: reports open, in doubt, never confirmed, ended, and in all. For the head of her morning. */
export async function morningOf(db: Reader, _scope: StaffScope, now: Instant): Promise<{ readonly reported: number; readonly inDoubt: number; readonly never: number; readonly ended: number; readonly shown: number }> {
  const { rows } = await sql<{ reported: number; in_doubt: number; never: number; ended: number; shown: number }>`
    select (select count(distinct service_id) from listing_reports where handled_at is null) as reported,
      count(*) filter (where in_doubt_since is not null) as in_doubt, count(*) filter (where verified_at is null) as never,
      count(*) filter (where verified_at is not null and fresh_until <= ${now}) as ended, count(*) filter (where hidden_at is null or hidden_at > ${now}) as shown
    from listings
  `.execute(db);
  const row = rows[0];
  return { reported: row?.reported ?? 0, inDoubt: row?.in_doubt ?? 0, never: row?.never ?? 0, ended: row?.ended ?? 0, shown: row?.shown ?? 0 };
}

/** Calls of ours to one listing, the newest first. */
export async function callsTo(db: Reader, _scope: StaffScope, serviceId: ServiceId): Promise<readonly { readonly at: Instant; readonly outcome: CallOutcome; readonly by: string | undefined }[]> {
  const rows = await db
    .selectFrom("listing_calls as c")
    .leftJoin("members as m", "m.id", "c.member_id")
    .select(["c.made_at", "c.outcome", "m.name"])
    .where("c.service_id", "=", serviceId)
    .orderBy("c.made_at", "desc")
    .limit(10)
    .execute();
  return rows.map(({ made_at, outcome, name }) => ({ at: made_at, outcome: outcome as CallOutcome, by: name ?? undefined }));
}

/** A service, and all others that show what these organizations and locations have. */
export async function sharing(db: Reader, serviceId: ServiceId, { organizations, locations }: { readonly organizations: readonly string[]; readonly locations: readonly string[] }): Promise<ServiceId[]> {
  const rows = await db
    .selectFrom("services as s")
    .select("s.id")
    .where("s.merged_into", "is", null)
    .where((eb) => eb.or([eb("s.id", "=", serviceId), eb("s.organization_id", "=", eb.fn.any(eb.val(organizations))), eb("s.id", "in", eb.selectFrom("services_at_locations as at").select("at.service_id").where("at.location_id", "=", eb.fn.any(eb.val(locations))))]))
    .execute();
  return rows.map(({ id }) => id as ServiceId);
}

/** The areas whose seat she holds. */
async function ownAreas(db: Reader, { member }: StaffScope): Promise<readonly AreaId[]> {
  const rows = await db.selectFrom("coordinator_seats").select("area_id").where("member_id", "=", member.memberId).where("until", "is", null).orderBy("area_id").execute();
  return rows.map(({ area_id }) => area_id as AreaId);
}

/** The places whose queue is hers: those whose seat she holds; without one, the network's own country. */
export async function queueAreas(db: Reader, scope: StaffScope): Promise<readonly AreaId[]> {
  const own = await ownAreas(db, scope);
  return own.length > 0 ? own : [((await networkNow(db))?.country ?? "US") as AreaId];
}

export type Pair = { readonly id: string; readonly why: string; readonly foundAt: Instant; readonly a: ServiceId; readonly b: ServiceId };

/** Pairs that wait for a decision, the oldest first, and how many there are. */
export async function pairsToDecide(db: Reader, _scope: StaffScope, limit = 20): Promise<{ readonly pairs: readonly Pair[]; readonly count: number }> {
  const open = db.selectFrom("listing_duplicates").where("decided_at", "is", null);
  const rows = await open.select(["id", "why", "found_at", "service_a", "service_b"]).orderBy("found_at").orderBy("id").limit(limit).execute();
  const { count } = await open.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return { pairs: rows.map((row) => ({ id: row.id, why: row.why, foundAt: row.found_at, a: row.service_a as ServiceId, b: row.service_b as ServiceId })), count: Number(count) };
}
