import { sql } from "kysely";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { ReaderScope } from "../gates.ts";
import { readingMinutes } from "../rules.ts";
import type { InBoth, PostId, Space, SpaceId, SpaceMode } from "../types.ts";

type Row = { id: string; language: string; name_en: string; name_es: string; about_en: string; about_es: string; shared_en: string | null; shared_es: string | null; mode: string; pictures: boolean; reason_en: string | null; reason_es: string | null; until_at: Instant | null; joined: boolean; offers: boolean };

const inBoth = (en: string, es: string): InBoth => ({ en, es });

const spaceOf = (row: Row): Space => ({
  id: row.id as SpaceId,
  language: row.language as Space["language"],
  name: inBoth(row.name_en, row.name_es),
  about: inBoth(row.about_en, row.about_es),
  shared: row.shared_en === null || row.shared_es === null ? undefined : inBoth(row.shared_en, row.shared_es),
  mode: row.mode as SpaceMode,
  pictures: row.pictures,
  pause: row.until_at && row.reason_en !== null && row.reason_es !== null ? { reason: inBoth(row.reason_en, row.reason_es), until: row.until_at } : undefined,
  joined: row.joined,
  offers: row.offers,
});

const spaces = async (db: Reader, now: Instant, memberId: string | undefined, id?: SpaceId): Promise<Space[]> => {
  const { rows } = await sql<Row>`
    select s.id, s.language, s.name_en, s.name_es, s.about_en, s.about_es, s.shared_en, s.shared_es, s.mode, s.pictures, p.reason_en, p.reason_es, p.until_at,
      exists (select from space_members m where m.space_id = s.id and m.member_id = ${memberId ?? null}) as joined,
      exists (select from answer_offers o where o.space_id = s.id and o.member_id = ${memberId ?? null}) as offers
    from spaces s
    left join lateral (select p.reason_en, p.reason_es, p.until_at from space_pauses p where p.space_id = s.id and p.ended_at is null and p.from_at <= ${now} and p.until_at > ${now} order by p.until_at desc limit 1) p on true
    where s.closed_at is null and (${id ?? null}::uuid is null or s.id = ${id ?? null})
    order by s.made_at, s.id`.execute(db);
  return rows.map(spaceOf);
};

/** Every space of the network that is not closed, with those to be joined first by a sentence. */
export const spacesFor = (db: Reader, scope: ReaderScope, now: Instant): Promise<Space[]> => spaces(within(db, scope), now, scope.member.memberId);

/** One of them. */
export const spaceFor = async (db: Reader, scope: ReaderScope, now: Instant, id: SpaceId): Promise<Space | undefined> => (await spaces(within(db, scope), now, scope.member.memberId, id))[0];

/** The same for who keeps them. */
export const spacesKept = (db: Reader, _scope: StaffScope, now: Instant): Promise<Space[]> => spaces(db, now, undefined);

const daysCounted = 7;

/** How long it took lately until a post that waited could be read by others, in minutes: the middle of a week's. */
export async function readingNow(db: Reader, now: Instant): Promise<number | undefined> {
  const rows = await db
    .selectFrom("posts")
    .select(sql<number>`extract(epoch from shown_at - written_at) / 60`.as("minutes"))
    .where("shown_at", ">", now.subtract({ hours: daysCounted * 24 }))
    .where(sql<boolean>`cardinality(held_for) > 0`)
    .limit(500)
    .execute();
  return readingMinutes(rows.map(({ minutes }) => Number(minutes)));
}

/** The space that a post stands in, where it is hers to see. */
export async function spaceOfPost(db: Reader, scope: ReaderScope, now: Instant, post: PostId): Promise<Space | undefined> {
  const row = await db.selectFrom("posts").select("space_id").where("id", "=", post).executeTakeFirst();
  return row && (await spaceFor(db, scope, now, row.space_id as SpaceId));
}
