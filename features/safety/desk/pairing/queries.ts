import { sql } from "kysely";
import type { Keys } from "../../../../platform/crypto/seal.ts";
import type { Reader } from "../../../../platform/db/database.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { staffNow } from "../../../accounts/queries.ts";
import { authorMark } from "../../events.ts";
import { rosterAt } from "../../on-call/queries.ts";
import { kindsFor } from "../../policy.ts";
import type { SubjectKind } from "../../types.ts";
import { thereMinutes } from "./rules.ts";
import type { Asked, Pairing } from "./types.ts";

/** The pairings of these cases, each case's in the order in which they were begun. As whoever asks may see them. */
export async function pairingsOf(db: Reader, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly Pairing[]>> {
  const { rows } = await sql<{ case_id: string; with_member: MemberId; with_name: string; joined_by: MemberId | null; joined_name: string | null; joined_at: Instant | null; asking: MemberId | null; asking_name: string | null; ended: boolean }>`
    select p.case_id, p.with_member, w.name as with_name, p.joined_by, j.name as joined_name, p.joined_at, k.member_id as asking, a.name as asking_name, p.ended_at is not null as ended
    from case_pairings p join members w on w.id = p.with_member left join members j on j.id = p.joined_by
    left join lateral (select member_id from case_pairing_calls c where c.pairing_id = p.id and c.declined_at is null and p.joined_by is null order by c.asked_at desc limit 1) k on true
    left join members a on a.id = k.member_id
    where p.case_id = any (${[...caseIds]}::uuid[]) order by p.asked_at`.execute(db);
  const pairings = new Map<string, Pairing[]>();
  for (const row of rows) {
    const pairing = {
      with: { memberId: row.with_member, name: row.with_name },
      joined: row.joined_by ? { memberId: row.joined_by, name: row.joined_name ?? "" } : undefined,
      joinedAt: row.joined_at ?? undefined,
      asking: row.asking ? { memberId: row.asking, name: row.asking_name ?? "" } : undefined,
      ended: row.ended,
    };
    pairings.set(row.case_id, [...(pairings.get(row.case_id) ?? []), pairing]);
  }
  return pairings;
}

/** Everybody who was asked for this pairing. */
export async function askedFor(db: Reader, pairingId: string): Promise<Asked[]> {
  const rows = await db.selectFrom("case_pairing_calls").select(["member_id", "asked_at", "declined_at"]).where("pairing_id", "=", pairingId).orderBy("asked_at").execute();
  return rows.map((row) => ({ memberId: row.member_id as MemberId, askedAt: row.asked_at, declined: row.declined_at !== null }));
}

type Case = { readonly subject_kind: string; readonly author_member: string | null; readonly author_mark: Buffer | null };

/** Who can be asked at `now` to sit with somebody: who has the desk open, then who is on call. Nobody who rests, nor whoever it is about. */
export async function candidatesFor(db: Reader, keys: Keys, one: Case, withMember: string, now: Instant): Promise<MemberId[]> {
  const there = await db.selectFrom("desk_presence").select("member_id").where("seen_at", ">", now.subtract({ minutes: thereMinutes })).orderBy("seen_at", "desc").execute();
  const resting = await db.selectFrom("moderator_breaks").select("member_id").where("ends_at", ">", now).execute();
  const may = new Set((await staffNow(db, now)).filter(({ roles }) => kindsFor(roles).includes(one.subject_kind as SubjectKind)).map(({ id }) => id));
  const inOrder = [...there.map(({ member_id }) => member_id as MemberId), ...(await rosterAt(db, now)).line.map(({ memberId }) => memberId)];
  return [...new Set(inOrder)].filter(
    (id) => may.has(id) && id !== withMember && id !== one.author_member && one.author_mark?.equals(authorMark(keys, id)) !== true && !resting.some(({ member_id }) => member_id === id),
  );
}
