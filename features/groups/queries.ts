import { sql } from "kysely";
import { z } from "zod";
import type { Reader } from "../../platform/db/database.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";
import { weekdays, type Camera, type CancelReason, type GroupKind, type Meeting, type Rhythm, type RoomKind, type Series, type SeriesId, type Session, type SessionId } from "./types.ts";

export { leftoverHours } from "./evening/rules.ts";
export { askedContactHours, contactHours, reportDays } from "./letters/rules.ts";
export { attendanceDays } from "./seats/rules.ts";

const rhythm: z.ZodType<Rhythm> = z.union([
  z.object({ every: z.literal("once") }),
  z.object({ every: z.literal("weeks"), weeks: z.number().int().min(1), days: z.array(z.enum(weekdays)).min(1) }),
  z.object({ every: z.literal("month"), day: z.number().int().min(1).max(31) }),
  z.object({ every: z.literal("month"), nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(-1)]), weekday: z.enum(weekdays) }),
]);

/** Whom groups can be for, in the order of the lists. */
export async function groupKinds(db: Reader): Promise<GroupKind[]> {
  const rows = await db.selectFrom("group_kinds").select(kindColumns).where("ended_at", "is", null).orderBy("place").orderBy("id").execute();
  return rows.map(kindOf);
}

const kindColumns = ["id as kind_id", "name_en", "name_es", "who_en", "who_es", "not_for_en", "not_for_es"] as const;
type KindRow = { kind_id: string; name_en: string; name_es: string; who_en: string; who_es: string; not_for_en: string | null; not_for_es: string | null };
const kindOf = (row: KindRow): GroupKind => ({
  id: row.kind_id,
  name: { en: row.name_en, es: row.name_es },
  who: { en: row.who_en, es: row.who_es },
  notFor: row.not_for_en === null && row.not_for_es === null ? undefined : { en: row.not_for_en ?? row.not_for_es ?? "", es: row.not_for_es ?? row.not_for_en ?? "" },
});

export type SeriesWanted = { readonly ids?: readonly SeriesId[]; readonly ledBy?: MemberId; readonly state?: "meets" | "proposed" };

/** Groups with their plans and who leads them; all of them, or those that are asked for. */
export async function seriesOf(db: Reader, { ids, ledBy, state }: SeriesWanted = {}): Promise<Series[]> {
  if (ids?.length === 0) return [];
  const rows = await db
    .selectFrom("series as s")
    .innerJoin("group_kinds", "group_kinds.id", "s.kind")
    .select(["s.id", "s.language", "s.about", "s.rhythm", "s.starts_on", "s.at", "s.zone", "s.minutes", "s.until", "s.count", "s.seats", "s.camera", "s.partners", "s.room", "s.proposed_at", "s.approved_at", "s.ended_at"])
    .select(["group_kinds.id as kind_id", "name_en", "name_es", "who_en", "who_es", "not_for_en", "not_for_es"])
    .select(
      sql<{ id: MemberId; name: string }[]>`coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by f.since, m.name)
        from series_facilitators f join members m on m.id = f.member_id where f.series_id = s.id and f.until is null and m.left_at is null), '[]')`.as("facilitators"),
    )
    .select(
      sql<{ day: string; kind: string; on: string | null; at: string | null }[]>`coalesce((select jsonb_agg(jsonb_build_object('day', e.day, 'kind', e.kind, 'on', e.moved_on, 'at', e.moved_at))
        from series_exceptions e where e.series_id = s.id), '[]')`.as("exceptions"),
    )
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`s.id = any(${[...(ids ?? [])]}::uuid[])`))
    .$if(ledBy !== undefined, (query) => query.where(sql<boolean>`exists (select from series_facilitators f where f.series_id = s.id and f.member_id = ${ledBy ?? null} and f.until is null)`))
    .$if(state === "meets", (query) => query.where("s.approved_at", "is not", null).where("s.ended_at", "is", null))
    .$if(state === "proposed", (query) => query.where("s.approved_at", "is", null).where("s.ended_at", "is", null))
    .orderBy("group_kinds.place")
    .orderBy("s.id")
    .execute();
  return rows.map((row) => ({
    id: row.id as SeriesId,
    kind: kindOf(row),
    language: row.language as Language,
    about: row.about ?? undefined,
    plan: {
      rhythm: rhythm.parse(row.rhythm),
      starts: row.starts_on,
      at: row.at,
      zone: row.zone,
      minutes: row.minutes,
      ...(row.until ? { until: row.until } : {}),
      ...(row.count === null ? {} : { count: row.count }),
      skipped: new Set(row.exceptions.filter(({ kind }) => kind === "skipped").map(({ day }) => day)),
      moved: new Map(row.exceptions.flatMap(({ day, on, at }) => (on && at ? [[day, { on: Temporal.PlainDate.from(on), at: Temporal.PlainTime.from(at) }] as const] : []))),
    },
    seats: row.seats,
    camera: row.camera as Camera,
    partners: row.partners,
    room: row.room as RoomKind,
    facilitators: row.facilitators,
    proposedAt: row.proposed_at,
    approvedAt: row.approved_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  }));
}

const sessionColumns = ["id", "series_id", "day", "starts_at", "ends_at", "shifted", "moved", "seats", "sequence", "changed_at", "cancelled_at", "cancel_reason", "opened_at", "closed_at", "room_moved_at"] as const;

export type SessionsWanted = { readonly from?: Instant; readonly to?: Instant; readonly series?: readonly SeriesId[]; readonly ids?: readonly SessionId[]; readonly most?: number };

/** Meetings that end after `from` and begin before `to`, cancelled ones too, in the order in which they begin. */
export async function sessionsOf(db: Reader, { from, to, series, ids, most }: SessionsWanted): Promise<Session[]> {
  if (ids?.length === 0 || series?.length === 0) return [];
  const rows = await db
    .selectFrom("group_sessions")
    .select(sessionColumns)
    // A meeting lasts four hours at most: by its start it is found in the index.
    .$if(from !== undefined, (query) => query.where("ends_at", ">", from as Instant).where("starts_at", ">", (from as Instant).subtract({ hours: 5 })))
    .$if(to !== undefined, (query) => query.where("starts_at", "<", to as Instant))
    .$if(series !== undefined, (query) => query.where(sql<boolean>`series_id = any(${[...(series ?? [])]}::uuid[])`))
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${[...(ids ?? [])]}::uuid[])`))
    .orderBy("starts_at")
    .orderBy("id")
    .$if(most !== undefined, (query) => query.limit(most ?? 0))
    .execute();
  return rows.map((row) => ({
    id: row.id as SessionId,
    seriesId: row.series_id as SeriesId,
    day: row.day,
    starts: row.starts_at,
    ends: row.ends_at,
    shifted: row.shifted,
    moved: row.moved,
    seats: row.seats,
    sequence: row.sequence,
    changedAt: row.changed_at,
    cancelledAt: row.cancelled_at ?? undefined,
    cancelReason: (row.cancel_reason ?? undefined) as CancelReason | undefined,
    openedAt: row.opened_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    roomMovedAt: row.room_moved_at ?? undefined,
  }));
}

/** The meetings of groups that a coordinator said yes to, each with its group and its free seats. */
export async function meetingsOf(db: Reader, wanted: SessionsWanted): Promise<Meeting[]> {
  const sessions = await sessionsOf(db, wanted);
  const ids = sessions.map(({ id }) => id as string);
  const [series, counts] = await Promise.all([
    seriesOf(db, { ids: [...new Set(sessions.map(({ seriesId }) => seriesId))] }),
    ids.length === 0
      ? []
      : db
          .selectFrom("seats")
          .select(["session_id", sql<number>`count(place)::int`.as("taken"), sql<number>`count(*) filter (where place is null)::int`.as("waiting")])
          .where(sql<boolean>`session_id = any(${ids}::uuid[])`)
          .where("released_at", "is", null)
          .groupBy("session_id")
          .execute(),
  ]);
  const [byId, counted] = [new Map(series.map((one) => [one.id, one])), new Map(counts.map((one) => [one.session_id, one]))];
  return sessions.flatMap((session) => {
    const group = byId.get(session.seriesId);
    if (!group?.approvedAt) return [];
    const { taken = 0, waiting = 0 } = counted.get(session.id) ?? {};
    return [{ series: group, session, count: { free: Math.max(0, session.seats - taken), waiting } }];
  });
}
