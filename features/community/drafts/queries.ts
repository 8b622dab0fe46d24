import { unseal, type DataKey, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { MemberId, MemberScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { dataKeyOf } from "../../accounts/queries.ts";
import type { SpaceId, TopicId } from "../types.ts";
import { placeId } from "./rules.ts";
import type { Draft, DraftLine, Place, Said } from "./types.ts";

/** What a draft is bound to: one that was moved to another member or place does not open. */
export const draftBound = (member: MemberId, place: string): string => `draft ${member} ${place}`;

const said = (key: DataKey, member: MemberId, place: string, sealed: Buffer): Said => JSON.parse(unseal(key, sealed, draftBound(member, place))) as Said;

/** What she began here. */
export async function draftAt(db: Reader, keys: Keys, scope: MemberScope, place: Place): Promise<Draft | undefined> {
  const [me, id] = [scope.member.memberId, placeId(place)];
  const row = await within(db, scope).selectFrom("drafts").select(["said_sealed", "kept_at"]).where("member_id", "=", me).where("place_id", "=", id).executeTakeFirst();
  return row && { said: said(await dataKeyOf(db, keys, me), me, id, row.said_sealed), keptAt: row.kept_at };
}

/** All that she began and has not sent, the last first. */
export async function draftsOf(db: Reader, keys: Keys, scope: MemberScope, language: Language): Promise<DraftLine[]> {
  const me = scope.member.memberId;
  const rows = await within(db, scope)
    .selectFrom("drafts as d")
    .leftJoin("topics as t", "t.id", "d.topic_id")
    .leftJoin("spaces as s", "s.id", "d.space_id")
    .select(["d.space_id", "d.topic_id", "d.place_id", "d.said_sealed", "d.kept_at", "t.title", "s.name_en", "s.name_es"])
    .where("d.member_id", "=", me)
    .orderBy("d.kept_at", "desc")
    .execute();
  if (rows.length === 0) return [];
  const key = await dataKeyOf(db, keys, me);
  return rows.map((row) => ({
    place: row.space_id === null ? { topicId: row.topic_id as TopicId } : { spaceId: row.space_id as SpaceId },
    where: row.title ?? (language === "es" ? row.name_es : row.name_en) ?? undefined,
    said: said(key, me, row.place_id, row.said_sealed),
    keptAt: row.kept_at,
  }));
}
