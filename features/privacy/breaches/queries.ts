import { createHash } from "node:crypto";
import { sql } from "kysely";
import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { persons, trailsIn, type Person } from "../trails/rules.ts";
import type { ClassId } from "../types.ts";
import type { Affected, AffectedOne, Breach, BreachId, BreachKind, BreachStep, WholeBreach } from "./types.ts";

export const breachBound = (id: string): string => `breach ${id}`;
export const stepBound = (id: string): string => `breach step ${id}`;

/** The mark of what was written down, as it goes into the sealed audit: of the row as it stands, its words still sealed. */
export const markOf = (...cells: readonly (string | Instant | Buffer | null | readonly string[])[]): string =>
  createHash("sha256").update(JSON.stringify(cells.map((cell) => (Buffer.isBuffer(cell) ? cell.toString("hex") : cell)))).digest("hex").slice(0, 32);

type BreachCells = { id: string; kind: string; classes: readonly string[]; from_at: Instant; until_at: Instant; known_at: Instant; what_sealed: Buffer; recorded_by: string };
export const markOfBreach = (row: BreachCells): string => markOf(row.id, row.kind, row.classes, row.from_at, row.until_at, row.known_at, row.what_sealed, row.recorded_by);
type StepCells = { id: string; breach_id: string; step: string; words_sealed: Buffer | null; taken_by: string; at: Instant };
export const markOfStep = (row: StepCells): string => markOf(row.id, row.breach_id, row.step, row.words_sealed, row.taken_by, row.at);

const rows = (db: Reader) =>
  db
    .selectFrom("breaches as b")
    .innerJoin("members as m", "m.id", "b.recorded_by")
    .select(["b.id", "b.kind", "b.classes", "b.from_at", "b.until_at", "b.known_at", "b.what_sealed", "b.wrapped_key", "b.recorded_by", "b.recorded_at", "m.name"])
    .select(sql<boolean>`exists (select from breach_steps s where s.breach_id = b.id and s.step = 'closed')`.as("closed"));
type Row = Awaited<ReturnType<ReturnType<typeof rows>["execute"]>>[number];

const breachFrom = (row: Row): Breach => ({
  id: row.id as BreachId,
  kind: row.kind as BreachKind,
  classes: row.classes as ClassId[],
  from: row.from_at,
  until: row.until_at,
  knownAt: row.known_at,
  recordedAt: row.recorded_at,
  recordedBy: row.name,
  closed: row.closed,
});

/** Every breach that was written down, what is open first, then the newest. */
export const breachesAll = async (db: Reader, _scope: StaffScope): Promise<Breach[]> => (await rows(db).orderBy("closed").orderBy("b.known_at", "desc").execute()).map(breachFrom);

/** One with its words, its steps, and whether all of it is as it was written. */
export async function breachById(db: Reader, keys: Keys, _scope: StaffScope, id: string): Promise<WholeBreach | undefined> {
  const row = await rows(db).where("b.id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const key = keys.openDataKey(row.wrapped_key, breachBound(id));
  const steps = await db.selectFrom("breach_steps as s").innerJoin("members as m", "m.id", "s.taken_by").select(["s.id", "s.breach_id", "s.step", "s.words_sealed", "s.taken_by", "s.at", "m.name"]).where("s.breach_id", "=", id).orderBy("s.nth").execute();
  const marks = await db.selectFrom("audit_entries").select("reason").where("subject_kind", "=", "breach").where("subject_id", "=", id).where("act", "in", ["recorded_breach", "noted_breach"]).orderBy("id").execute();
  const now = [markOfBreach(row), ...steps.map(markOfStep)];
  return {
    ...breachFrom(row),
    what: unseal(key, row.what_sealed, breachBound(id)),
    steps: steps.map((step) => ({ id: step.id, step: step.step as BreachStep, words: step.words_sealed ? unseal(key, step.words_sealed, stepBound(step.id)) : undefined, by: step.name, at: step.at })),
    asWritten: marks.length === now.length && marks.every(({ reason }, nth) => reason?.endsWith(now[nth] ?? "") === true),
  };
}

/** All who had something in these classes by then, each once. A row without a moment of its own counts. Who has erased everything since can't be found any more. */
export const touched = (person: Person, classes: readonly ClassId[], until: Instant) => {
  const each = trailsIn(classes)
    .filter((trail) => trail.person === person)
    .map(({ table, column, at }) => (at === undefined ? sql`select ${sql.ref(column)}::text as id from ${sql.table(table)}` : sql`select ${sql.ref(column)}::text from ${sql.table(table)} where ${sql.ref(at)} <= ${until} or ${sql.ref(at)} is null`));
  return sql`select distinct id from (select null::text as id where false ${each.length === 0 ? sql`` : sql`union all ${sql.join(each, sql` union all `)}`}) found where id is not null ${person === "conversation" ? sql`and id in (select c.id::text from conversations c where c.erased_at is null)` : sql``}`;
};

type Touching = Pick<Breach, "classes" | "until">;

/** How many people a breach touched, by how they are known to us. */
export async function affectedBy(db: Reader, { classes, until }: Touching): Promise<Affected> {
  const counts = await Promise.all(persons.map(async (person) => [person, (await sql<{ people: number }>`select count(*)::int as people from (${touched(person, classes, until)}) who`.execute(db)).rows[0]?.people ?? 0] as const));
  return Object.fromEntries(counts) as Affected;
}

/** Each of them, for the notice: by the name that she has here, or by the number of her conversation or seat alone. */
export async function affectedOnes(db: Reader, _scope: StaffScope, { classes, until }: Touching): Promise<AffectedOne[]> {
  const all = await Promise.all(
    persons.map(async (person) => {
      const { rows: found } = await sql<{ id: string; name: string | null; has_email: boolean }>`
        select who.id, coalesce(h.handle, m.name) as name, m.email_sealed is not null as has_email from (${touched(person, classes, until)}) who
        left join members m on ${person} = 'member' and m.id::text = who.id left join handles h on h.member_id = m.id where m.left_at is null order by name, who.id`.execute(db);
      return found.map(({ id, name, has_email }) => ({ person, id, name: name ?? undefined, hasEmail: has_email }));
    }),
  );
  return all.flat();
}
