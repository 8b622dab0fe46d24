import { unseal, type Keys } from "../../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../../platform/db/database.ts";
import type { MemberId, ModeratorScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Priority } from "../../types.ts";
import { asksHow, loadOf, weekOf } from "./rules.ts";
import { topics, type Exposure, type Handover, type Load, type Mine, type Topic, type WishToTalk } from "./types.ts";

async function exposuresOf(db: Reader, memberId: MemberId, since: Instant): Promise<Exposure[]> {
  const rows = await db.selectFrom("exposures").select(["priority", "points", "at"]).where("member_id", "=", memberId).where("at", ">=", since).orderBy("at").execute();
  return rows.map(({ priority, points, at }) => ({ priority: priority as Priority, points, at }));
}

async function breaksOf(db: Reader, memberId: MemberId, since: Instant): Promise<{ readonly at: Instant; readonly endsAt: Instant }[]> {
  const rows = await db.selectFrom("moderator_breaks").select(["at", "ends_at"]).where("member_id", "=", memberId).where("at", ">=", since).execute();
  return rows.map((row) => ({ at: row.at, endsAt: row.ends_at }));
}

/** How much she carries now. */
export async function loadOfMember(db: Reader, memberId: MemberId, now: Instant): Promise<Load> {
  const since = now.subtract({ hours: 24 });
  return loadOf(await exposuresOf(db, memberId, since), await breaksOf(db, memberId, since), now);
}

/** What is hers alone: her load, her week, what she leaves to others. */
export async function mineOf(reader: Reader, scope: ModeratorScope, now: Instant): Promise<Mine> {
  const db = within(reader, scope);
  const { memberId } = scope.member;
  const [exposures, breaks] = [await exposuresOf(db, memberId, now.subtract({ hours: 14 * 24 })), await breaksOf(db, memberId, now.subtract({ hours: 7 * 24 }))];
  const asked = await db.selectFrom("moderator_debriefs").select("at").where("member_id", "=", memberId).orderBy("at", "desc").limit(1).executeTakeFirst();
  return { load: loadOf(exposures, breaks, now), week: weekOf(exposures, breaks.length, now), topics: await topicsOf(db, memberId), askHow: asksHow(exposures, asked?.at, now) };
}

/** What she leaves to others now. */
export async function topicsOf(db: Reader, memberId: MemberId): Promise<Topic[]> {
  const rows = await db.selectFrom("moderator_topics").select("topic").where("member_id", "=", memberId).execute();
  return topics.filter((topic) => rows.some((row) => row.topic === topic));
}

export const boundTo = (id: string): string => `desk-handover/${id}`;

/** The notes of the last day, the newest first. */
export async function handoversNow(db: Reader, keys: Keys, scope: ModeratorScope, now: Instant): Promise<Handover[]> {
  const rows = await within(db, scope)
    .selectFrom("desk_handovers as h")
    .innerJoin("members as m", "m.id", "h.member_id")
    .select(["h.id", "h.wrapped_key", "h.note_sealed", "h.at", "m.name"])
    .where("h.at", ">", now.subtract({ hours: 24 }))
    .orderBy("h.at", "desc")
    .limit(5)
    .execute();
  return rows.map(({ id, name, wrapped_key, note_sealed, at }) => ({ name, note: unseal(keys.openDataKey(wrapped_key, id), note_sealed, boundTo(id)), at }));
}

/** Who wants to talk, for a supervisor; that she wants to, and nothing else. Asked by the house, as the rest is hers alone. */
export async function wishesToTalk(db: Reader, { member }: ModeratorScope): Promise<WishToTalk[]> {
  if (!member.roles.has("supervisor")) return [];
  return db
    .selectFrom("moderator_debriefs as d")
    .innerJoin("members as m", "m.id", "d.member_id")
    .select(["d.id", "m.name", "d.at"])
    .where("d.wants_talk", "=", true)
    .where("d.answered_at", "is", null)
    .where("d.member_id", "!=", member.memberId)
    .orderBy("d.at")
    .execute();
}
