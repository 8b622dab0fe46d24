import { sql } from "kysely";
import type { Reader } from "../../../platform/db/database.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { meetingsOf } from "../queries.ts";
import type { Meeting, SeriesId, SessionId } from "../types.ts";
import { hoursOf } from "./rules.ts";
import type { Sought } from "./types.ts";

export type Found = { readonly meetings: readonly Meeting[]; /** There are more in this time. */ readonly more: boolean };

/** What begins after `from` and before `to`, as she looks for it; so many at most. */
export async function meetingsToJoin(db: Reader, sought: Sought, { from, to, zone, most }: { readonly from: Instant; readonly to: Instant; readonly zone: string; readonly most: number }): Promise<Found> {
  const { kind, language, hours, voiceOnly, open } = sought;
  const [first, last] = hours ? hoursOf[hours] : [0, 24];
  const rows = await db
    .selectFrom("group_sessions as g")
    .innerJoin("series as s", "s.id", "g.series_id")
    .select(["g.id"])
    // A kept plan walks through every meeting of the week for a kind that few groups are for.
    .modifyEnd(sql`/* planned anew */`)
    .where("g.starts_at", ">", from)
    .where("g.starts_at", "<", to)
    .where("g.cancelled_at", "is", null)
    .where("g.closed_at", "is", null)
    .where("s.approved_at", "is not", null)
    .$if(kind !== undefined, (query) => query.where("s.kind", "=", kind ?? ""))
    .$if(language !== undefined, (query) => query.where("s.language", "=", language ?? "en"))
    .$if(voiceOnly, (query) => query.where("s.camera", "=", "off"))
    .$if(hours !== undefined, (query) => query.where(sql<boolean>`(extract(hour from g.starts_at at time zone ${zone})::int - ${first} + 24) % 24 < ${(last - first + 24) % 24}`))
    .$if(open, (query) => query.where(sql<boolean>`(select count(*) from seats t where t.session_id = g.id and t.released_at is null) < g.seats`))
    .orderBy("g.starts_at")
    .orderBy("g.id")
    .limit(most + 1)
    .execute();
  const ids = rows.slice(0, most).map(({ id }) => id as SessionId);
  return { meetings: ids.length === 0 ? [] : await meetingsOf(db, { ids }), more: rows.length > most };
}

/** One meeting with its group; undefined where there is none that a coordinator said yes to. */
export async function meetingById(db: Reader, id: SessionId): Promise<Meeting | undefined> {
  return (await meetingsOf(db, { ids: [id] }))[0];
}

/** So many meetings of one group are shown on its page. */
const mostNext = 6;

/** The next meetings of one group, with those that are cancelled. */
export const nextOf = (db: Reader, series: SeriesId, now: Instant): Promise<Meeting[]> => meetingsOf(db, { series: [series], from: now, most: mostNext });
