import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Keys } from "../crypto/seal.ts";
import type { Database, Reader } from "../db/database.ts";
import { isBefore, type Instant } from "../time/time.ts";
import { audit } from "./audit.ts";

type Entry = { readonly id: number; readonly at: Instant; readonly member_id: string | null; readonly act: string; readonly subject_kind: string; readonly subject_id: string | null; readonly reason: string | null };
type Link = { readonly seq: number; readonly hash: Buffer };

const beforeAll: Link = { seq: 0, hash: Buffer.alloc(32) };
const aBatch = 5000;
/** An entry is written by its number, and may be seen a moment after those with higher ones: so far back the job looks for it. */
const lateBy = 10_000;
/** What is older than this and not sealed was put in past the job. */
const sealedWithinMinutes = 15;

/** The hash needs a key of the network, so that nobody makes a new chain with the database alone. */
const linkOf = (keys: Keys, before: Link, { id, at, member_id, act, subject_kind, subject_id, reason }: Entry): Link => {
  const seq = before.seq + 1;
  const text = JSON.stringify([seq, id, at.toString(), member_id, act, subject_kind, subject_id, reason]);
  return { seq, hash: createHmac("sha256", keys.signing("audit-chain")).update(before.hash).update(text).digest() };
};

/** The end of the chain: with it, kept elsewhere, even a chain that was cut off is found. */
export const headOf = async (db: Reader): Promise<Link> => (await db.selectFrom("audit_chain").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst()) ?? beforeAll;

/** Seals whatever was written since, in order of its number; two at once take turns. Returns the end of the chain. */
export async function sealAudit({ db, keys }: { db: Database; keys: Keys }, now: Instant): Promise<Link> {
  for (;;) {
    const { head, sealed } = await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('small-hours/audit-chain'))`.execute(tx);
      const before = await headOf(tx);
      const { rows } = await sql<Entry>`
        select e.id, e.at, e.member_id, e.act, e.subject_kind, e.subject_id, e.reason from audit_entries e
        where e.id > coalesce((select max(entry_id) from audit_chain), 0) - ${lateBy}::bigint and not exists (select from audit_chain c where c.entry_id = e.id)
        order by e.id limit ${aBatch}`.execute(tx);
      let head = before;
      const links = rows.map((entry) => ({ ...(head = linkOf(keys, head, entry)), entry_id: entry.id, entry_at: entry.at, sealed_at: now }));
      // Far fewer parameters in one statement than PostgreSQL takes.
      for (let at = 0; at < links.length; at += 1000) await tx.insertInto("audit_chain").values(links.slice(at, at + 1000)).execute();
      return { head, sealed: rows.length };
    });
    if (sealed < aBatch) return head;
  }
}

/** What is older than the network keeps goes; that it went is an entry itself, so that the check tells it from what somebody took out. */
export async function letAuditGo(db: Reader, before: Instant): Promise<void> {
  const { numDeletedRows } = await db.deleteFrom("audit_entries").where("at", "<", before).executeTakeFirst();
  if (numDeletedRows > 0n) await audit(db, { memberId: undefined, act: "let_audit_go", subjectKind: "network", subjectId: undefined, reason: before.toString() });
}

export type Found = { readonly entryId: number; readonly what: "changed" | "gone" | "notSealed" | "linkGone" };
export type Checked = { readonly sealed: number; readonly wrong: readonly Found[]; readonly head: Link };

/** Reads the whole chain: which entries were changed, taken out or put in past it. */
export async function checkAudit({ db, keys }: { db: Database; keys: Keys }, now: Instant): Promise<Checked> {
  const keptFrom = await letGoBefore(db);
  const wrong: Found[] = [];
  let before = beforeAll;
  for (;;) {
    const { rows } = await sql<Entry & { seq: number; entry_id: number; entry_at: Instant; hash: Buffer; there: boolean }>`
      select c.seq, c.entry_id, c.entry_at, c.hash, e.id is not null as there, c.entry_id as id, e.at, e.member_id, e.act, e.subject_kind, e.subject_id, e.reason
      from audit_chain c left join audit_entries e on e.id = c.entry_id where c.seq > ${before.seq} order by c.seq limit ${aBatch}`.execute(db);
    for (const row of rows) {
      if (row.seq !== before.seq + 1) wrong.push({ entryId: row.entry_id, what: "linkGone" });
      else if (!row.there) {
        if (!isBefore(row.entry_at, keptFrom)) wrong.push({ entryId: row.entry_id, what: "gone" });
      } else if (!linkOf(keys, before, row).hash.equals(row.hash)) wrong.push({ entryId: row.entry_id, what: "changed" });
      before = { seq: row.seq, hash: row.hash };
    }
    if (rows.length < aBatch) break;
  }
  return { sealed: before.seq, wrong: [...wrong, ...(await past(db, now))], head: before };
}

/** Until when the program itself has let entries go, as its own entries say. */
async function letGoBefore(db: Reader): Promise<Instant> {
  const rows = await db.selectFrom("audit_entries as e").innerJoin("audit_chain as c", "c.entry_id", "e.id").select("e.reason").where("e.act", "=", "let_audit_go").where("e.member_id", "is", null).execute();
  return rows.flatMap(({ reason }) => (reason ? [Temporal.Instant.from(reason)] : [])).sort(Temporal.Instant.compare).at(-1) ?? Temporal.Instant.fromEpochMilliseconds(0);
}

async function past(db: Reader, now: Instant): Promise<Found[]> {
  const { rows } = await sql<{ id: number }>`
    select e.id from audit_entries e where e.at < ${now.subtract({ minutes: sealedWithinMinutes })} and not exists (select from audit_chain c where c.entry_id = e.id) order by e.id limit 1000`.execute(db);
  return rows.map(({ id }) => ({ entryId: id, what: "notSealed" }));
}
