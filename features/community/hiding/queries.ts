import { sql, type SqlBool } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../platform/db/database.ts";
import type { MemberId, MemberScope } from "../../../platform/http/scope.ts";
import type { Hidden } from "./types.ts";

/**
 * Of posts `p`: those that she who asks does not want to read, or whose author does not want to be read by her. Her own are never among them.
 * Whom she hides is asked once for the whole statement, not again for each post.
 */
export const notHiddenFrom = (me: MemberId) => sql<SqlBool>`(p.author_id is null or p.author_id <> all (array(
    select hidden_id from hidden_members where member_id = ${me} union all select member_id from hidden_members where kind = 'block' and hidden_id = ${me})))
  and not exists (select from hidden_aliases a where a.member_id = ${me} and a.topic_id = p.topic_id and a.mark = p.author_mark)`;

/** Of topics `t`: those that she muted. */
export const notMutedBy = (me: MemberId) => sql<SqlBool>`t.id <> all (array(select topic_id from muted_topics where member_id = ${me}))`;

export const wordBound = (member: MemberId): string => `muted ${member}`;

/** All that she hides, the last first. */
export async function hiddenBy(db: Reader, keys: Keys, scope: MemberScope): Promise<Hidden[]> {
  const me = scope.member.memberId;
  const { rows } = await sql<Omit<Hidden, "name"> & { name: string | null; sealed: Buffer | null }>`
    select b.kind, b.hidden_id::text as id, h.handle as name, null::bytea as sealed, b.at from hidden_members b left join handles h on h.member_id = b.hidden_id where b.member_id = ${me}
    union all select 'alias', a.topic_id::text || ' ' || encode(a.mark, 'hex'), a.alias || ' · ' || t.title, null, a.at from hidden_aliases a join topics t on t.id = a.topic_id where a.member_id = ${me}
    union all select 'topic', m.topic_id::text, t.title, null, m.at from muted_topics m join topics t on t.id = m.topic_id where m.member_id = ${me}
    union all select 'word', w.id::text, null, w.word_sealed, w.at from muted_words w where w.member_id = ${me}
    order by at desc`.execute(within(db, scope));
  const words = await wordsOf(db, keys, scope);
  return rows.map(({ kind, id, name, at }) => ({ kind, id, at, name: name ?? words.get(id) ?? "" }));
}

/** The words that she does not want to meet, by their ids. */
export async function wordsOf(db: Reader, keys: Keys, scope: MemberScope): Promise<ReadonlyMap<string, string>> {
  const me = scope.member.memberId;
  const rows = await db.selectFrom("muted_words as w").innerJoin("members as m", "m.id", "w.member_id").select(["w.id", "w.word_sealed", "m.wrapped_key"]).where("w.member_id", "=", me).execute();
  const [first] = rows;
  if (!first) return new Map();
  const key = keys.openDataKey(first.wrapped_key, me);
  return new Map(rows.map(({ id, word_sealed }) => [id, unseal(key, word_sealed, wordBound(me))]));
}
