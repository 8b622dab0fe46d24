import { sql } from "kysely";
import { unseal, type Keys } from "../../../../platform/crypto/seal.ts";
import { within, type Reader } from "../../../../platform/db/database.ts";
import type { MemberScope, StaffScope } from "../../../../platform/http/scope.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { networkNow } from "../../../network/queries.ts";
import { markOf } from "../queries.ts";
import type { BreachId } from "../types.ts";
import { partsInWords } from "./in-words/rules.ts";
import type { NoticeSaid, NoticeToHer, NoticeTold } from "./types.ts";

export const noticeBound = (id: string): string => `breach notice ${id}`;

type NoticeCells = { id: string; breach_id: string; words_sealed: Buffer; told_by: string; told_at: Instant };
export const markOfNotice = (row: NoticeCells): string => markOf(row.id, row.breach_id, row.words_sealed, row.told_by, row.told_at);

/** What was sealed, with its moments as such. */
function saidIn(text: string): NoticeSaid {
  const { breach, words } = JSON.parse(text) as NoticeSaid & { readonly breach: Record<"from" | "until" | "knownAt", string> };
  const at = (when: string) => Temporal.Instant.from(when);
  return { words, breach: { ...breach, from: at(breach.from), until: at(breach.until), knownAt: at(breach.knownAt) } };
}

/** What whoever asks was told, what she has not read first, then the newest. */
export async function noticesToHer(db: Reader, keys: Keys, scope: StaffScope | MemberScope): Promise<NoticeToHer[]> {
  const rows = await within(db, scope)
    .selectFrom("breach_told as t")
    .innerJoin("breach_notices as n", "n.id", "t.notice_id")
    .select(["n.id", "n.words_sealed", "n.wrapped_key", "t.told_at", "t.read_at"])
    .where("t.member_id", "=", scope.member.memberId)
    .orderBy(({ eb }) => eb("t.read_at", "is not", null))
    .orderBy("t.told_at", "desc")
    .execute();
  return rows.map(({ id, words_sealed, wrapped_key, told_at, read_at }) => ({
    id,
    toldAt: told_at,
    readAt: read_at ?? undefined,
    ...saidIn(unseal(keys.openDataKey(wrapped_key, noticeBound(id)), words_sealed, noticeBound(id))),
  }));
}

/** The same as she takes it with her in her copy of everything: each as one text. */
export async function noticesInWords({ db, keys }: { readonly db: Reader; readonly keys: Keys }, scope: MemberScope, language: Language): Promise<readonly { readonly toldAt: Instant; readonly readAt: Instant | undefined; readonly words: string }[]> {
  const [notices, network] = await Promise.all([noticesToHer(db, keys, scope), networkNow(db)]);
  return notices.map((said) => ({ toldAt: said.toldAt, readAt: said.readAt, words: partsInWords(language, said, network, scope.member.zone).flatMap(({ lines }) => lines).join("\n") }));
}

/** What was told of one breach, the oldest first: to how many, and how many have read it; and whether it is as it was written. */
export async function noticesOf(db: Reader, _scope: StaffScope, breach: BreachId): Promise<{ readonly told: readonly NoticeTold[]; readonly asWritten: boolean }> {
  const rows = await db
    .selectFrom("breach_notices as n")
    .innerJoin("members as m", "m.id", "n.told_by")
    .select(["n.id", "n.breach_id", "n.words_sealed", "n.told_by", "n.told_at", "m.name"])
    .select([sql<number>`(select count(*)::int from breach_told t where t.notice_id = n.id)`.as("people"), sql<number>`(select count(t.read_at)::int from breach_told t where t.notice_id = n.id)`.as("read")])
    .where("n.breach_id", "=", breach)
    .orderBy("n.told_at")
    .orderBy("n.id")
    .execute();
  const marks = await db.selectFrom("audit_entries").select("reason").where("act", "=", "told_of_breach").where("subject_kind", "=", "breach").where("subject_id", "=", breach).execute();
  const written = new Set(marks.map(({ reason }) => reason));
  return {
    told: rows.map(({ id, name, told_at, people, read }) => ({ id, by: name, at: told_at, people, read })),
    asWritten: marks.length === rows.length && rows.every((row) => written.has(`mark ${markOfNotice(row)}`)),
  };
}
