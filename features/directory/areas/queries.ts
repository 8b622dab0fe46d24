import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import type { AreaId, ServiceId } from "../types.ts";
import { above } from "./rules.ts";
import { bestIn, pocketOf } from "../finder/queries.ts";
import { liesIn, partAt, partsNow } from "./parts/queries.ts";
import type { Area, AreaCount, Seat, Seats, Stands } from "./types.ts";

const areasNow = (db: Reader) => db.selectFrom("areas").select(["id", "parent", "name", "name_es"]).where("until", "is", null);
type AreaRow = { readonly id: string; readonly parent: string | null; readonly name: string; readonly name_es: string | null };
const areaOf = ({ id, parent, name, name_es }: AreaRow): Area => ({ id: id as AreaId, parent: (parent as AreaId | null) ?? undefined, called: { en: name, es: name_es ?? name } });

/** Every area, in the order of its code. */
export const allAreas = async (db: Reader): Promise<readonly Area[]> => (await areasNow(db).orderBy("id").execute()).map(areaOf);

/** Undefined for what is no area, and for a part that was ended. */
export async function areaById(db: Reader, id: AreaId): Promise<Area | undefined> {
  const row = await areasNow(db).where("id", "=", id).executeTakeFirst();
  return row && areaOf(row);
}

/** The seats that are held at `now`, by people who are coordinators then: of these areas, or of all. By area, the longest held first. */
export async function seatsHeld(db: Reader, now: Instant, areas?: readonly AreaId[]): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom("coordinator_seats")
    .select(["area_id", "member_id", "since"])
    .where("since", "<=", now)
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .$if(areas !== undefined, (query) => query.where("area_id", "in", areas ?? []))
    .orderBy("area_id")
    .orderBy("since")
    .execute();
  if (rows.length === 0) return [];
  const names = new Map((await coordinatorsNow(db, now)).map(({ id, name }) => [id as string, name]));
  return rows.flatMap(({ area_id, member_id, since }) => {
    const name = names.get(member_id);
    return name === undefined ? [] : [{ area: area_id as AreaId, memberId: member_id as MemberId, name, since }];
  });
}

/** Who looks after this area at `now`: who holds its seat, else that of the nearest area above. Undefined: nobody. */
export async function seatsOf(db: Reader, area: AreaId, now: Instant): Promise<Seats | undefined> {
  const chain = [area, ...above(area)];
  const held = await seatsHeld(db, now, chain);
  const of = chain.find((id) => held.some((seat) => seat.area === id));
  return of && { of, members: held.filter((seat) => seat.area === of).map(({ memberId, since }) => ({ memberId, since })) };
}

export const coordinatorsNow = async (db: Reader, now: Instant) => (await staffNow(db, now)).filter(({ roles }) => roles.includes("coordinator"));

/** Who is called about a listing: whoever looks after an area of its places, else every coordinator. */
export async function lookedAfterBy(db: Reader, serviceId: ServiceId, now: Instant): Promise<readonly MemberId[]> {
  const { rows } = await sql<{ area: AreaId }>`select distinct coalesce(part.id, l.area_id) as area from listings l ${partAt} where l.service_id = ${serviceId} and l.area_id is not null`.execute(db);
  const seats = await Promise.all(rows.map(({ area }) => seatsOf(db, area, now)));
  const seated = new Set(seats.flatMap((seat) => seat?.members.map(({ memberId }) => memberId) ?? []));
  return seated.size > 0 ? [...seated] : (await coordinatorsNow(db, now)).map(({ id }) => id);
}

/** For each area that has anything: how many of its listings are shown and how many of those are confirmed now, and how many seats are held. What lies in a part counts in its region too. */
export async function areaCounts(db: Reader, now: Instant): Promise<ReadonlyMap<AreaId, AreaCount>> {
  const { rows } = await sql<Omit<AreaCount, "seats">>`
    select area as id, count(*)::int as shown, (count(*) filter (where fresh_until > ${now}))::int as verified
    from listings l ${partAt} cross join lateral unnest(array[l.area_id, part.id]) as area
    where area is not null and (hidden_at is null or hidden_at > ${now}) group by area`.execute(db);
  const counts = new Map<AreaId, AreaCount>();
  for (const row of rows) counts.set(row.id, { ...row, seats: 0 });
  for (const { area: id } of await seatsHeld(db, now)) {
    const before = counts.get(id) ?? { id, shown: 0, verified: 0, seats: 0 };
    counts.set(id, { ...before, seats: before.seats + 1 });
  }
  return counts;
}

/** The kinds of what a place has, in the order in which its page shows them, and how many of each at most. */
const shelves = { lines: { kinds: ["crisis_line", "warmline"], most: 12 }, groups: { kinds: ["group"], most: 6 }, others: { kinds: ["provider", "resource"], most: 6 } } as const;

/** What stands in an area at `now`: lines (those of its region, and of its country), groups, other help, who looks after it, and its parts. */
export async function standsIn(db: Reader, area: AreaId, now: Instant): Promise<Stands> {
  const country = area.slice(0, 2) as AreaId;
  const region = (area.split("/")[0] ?? area) as AreaId;
  const parts = await partsNow(db);
  const shelf = async (of: AreaId, { kinds, most }: (typeof shelves)[keyof typeof shelves]) => {
    const { listings, count } = await bestIn(db, liesIn(of, parts), kinds, now, most);
    return { listings: listings.map(pocketOf), count };
  };
  const lines = async () => {
    const [own, wider] = await Promise.all([shelf(region, shelves.lines), country === region ? undefined : shelf(country, shelves.lines)]);
    return { listings: [...own.listings, ...(wider?.listings ?? [])], count: own.count + (wider?.count ?? 0) };
  };
  const [linesHere, groups, others, seats] = await Promise.all([lines(), shelf(area, shelves.groups), shelf(area, shelves.others), seatsOf(db, area, now)]);
  return { lines: linesHere, groups, others, seats, parts: parts.filter(({ parent }) => parent === area) };
}
