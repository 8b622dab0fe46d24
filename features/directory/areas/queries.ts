import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow } from "../../accounts/queries.ts";
import type { AreaId, ServiceId } from "../types.ts";
import { above } from "./rules.ts";
import { bestIn, pocketOf } from "../finder/queries.ts";
import type { Area, AreaCount, Seat, Seats, Stands } from "./types.ts";

/** Every area, in the order of its code. */
export async function allAreas(db: Reader): Promise<readonly Area[]> {
  const rows = await db.selectFrom("areas").select(["id", "parent", "name"]).orderBy("id").execute();
  return rows.map(({ id, parent, name }) => ({ id: id as AreaId, parent: (parent as AreaId | null) ?? undefined, name }));
}

export async function areaById(db: Reader, id: AreaId): Promise<Area | undefined> {
  const row = await db.selectFrom("areas").select(["id", "parent", "name"]).where("id", "=", id).executeTakeFirst();
  return row && { id: row.id as AreaId, parent: (row.parent as AreaId | null) ?? undefined, name: row.name };
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
  const rows = await db.selectFrom("listings").select("area_id").distinct().where("service_id", "=", serviceId).where("area_id", "is not", null).execute();
  const seats = await Promise.all(rows.map(({ area_id }) => seatsOf(db, area_id as AreaId, now)));
  const seated = new Set(seats.flatMap((seat) => seat?.members.map(({ memberId }) => memberId) ?? []));
  return seated.size > 0 ? [...seated] : (await coordinatorsNow(db, now)).map(({ id }) => id);
}

/** For each area that has anything: how many of its listings are shown and how many of those are confirmed now, and how many seats are held. */
export async function areaCounts(db: Reader, now: Instant): Promise<ReadonlyMap<AreaId, AreaCount>> {
  const listings = await db
    .selectFrom("listings")
    .select((eb) => ["area_id", eb.fn.countAll<number>().as("shown"), eb.fn.countAll<number>().filterWhere("fresh_until", ">", now).as("verified")])
    .where("area_id", "is not", null)
    .where((eb) => eb.or([eb("hidden_at", "is", null), eb("hidden_at", ">", now)]))
    .groupBy("area_id")
    .execute();
  const counts = new Map<AreaId, AreaCount>();
  for (const { area_id, shown, verified } of listings) counts.set(area_id as AreaId, { id: area_id as AreaId, shown: Number(shown), verified: Number(verified), seats: 0 });
  for (const { area: id } of await seatsHeld(db, now)) {
    const before = counts.get(id) ?? { id, shown: 0, verified: 0, seats: 0 };
    counts.set(id, { ...before, seats: before.seats + 1 });
  }
  return counts;
}

/** The kinds of what a place has, in the order in which its page shows them, and how many of each at most. */
const shelves = { lines: { kinds: ["crisis_line", "warmline"], most: 12 }, groups: { kinds: ["group"], most: 6 }, others: { kinds: ["provider", "resource"], most: 6 } } as const;

/** What stands in an area at `now`: lines (a region's own, and those of its country), groups, other help, and who looks after it. */
export async function standsIn(db: Reader, area: AreaId, now: Instant): Promise<Stands> {
  const country = area.slice(0, 2) as AreaId;
  const shelf = async (of: AreaId, { kinds, most }: (typeof shelves)[keyof typeof shelves]) => {
    const { listings, count } = await bestIn(db, of, kinds, now, most);
    return { listings: listings.map(pocketOf), count };
  };
  const lines = async () => {
    const [own, wider] = await Promise.all([shelf(area, shelves.lines), country === area ? undefined : shelf(country, shelves.lines)]);
    return { listings: [...own.listings, ...(wider?.listings ?? [])], count: own.count + (wider?.count ?? 0) };
  };
  const [linesHere, groups, others, seats] = await Promise.all([lines(), shelf(area, shelves.groups), shelf(area, shelves.others), seatsOf(db, area, now)]);
  return { lines: linesHere, groups, others, seats };
}
