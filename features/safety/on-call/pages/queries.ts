import type { Reader } from "../../../../platform/db/database.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { may, type Standing } from "../../policy.ts";
import type { Answer, Asks, CallState, Disclosure, DisclosureId, DisclosureReason, Fallback, Outcome, PageId, Question } from "../types.ts";

type Named = { readonly id: MemberId; readonly name: string };

/** Somebody is needed: one line of the list. */
export type PageLine = {
  readonly id: PageId;
  readonly subjectKind: string;
  readonly reason: string;
  readonly raisedAt: Instant;
  readonly has: Named | undefined;
  readonly hasSince: Instant | undefined;
  /** The last step that was taken. */
  readonly asks: Asks | undefined;
  readonly outcome: Outcome | undefined;
  readonly closedAt: Instant | undefined;
};

export type ShownStep = { readonly number: number; readonly asks: Asks; readonly takenAt: Instant; readonly calls: readonly { readonly name: string; readonly state: CallState }[]; /** What `nobody` says; undefined: the program's own words. */ readonly fallback: Fallback | undefined };
export type ShownDisclosure = Disclosure & { readonly askedByName: string; readonly askedAt: Instant; readonly agreedByName: string | undefined; readonly agreedAt: Instant | undefined };

/** The whole page, and how who looks stands to it. */
export type PageSheet = PageLine & {
  /** Where to read what it is about; undefined where nothing of ours shows it. */
  readonly path: string | undefined;
  readonly closedBy: string | undefined;
  readonly nextAt: Instant | undefined;
  readonly steps: readonly ShownStep[];
  readonly answers: ReadonlyMap<Question, Answer>;
  readonly disclosures: readonly ShownDisclosure[];
  readonly standing: Standing;
};

const lines = (db: Reader) =>
  db
    .selectFrom("pages as p")
    .leftJoin("members as a", "a.id", "p.acknowledged_by")
    .leftJoin("members as d", "d.id", "p.closed_by")
    .select(["p.id", "p.subject_kind", "p.path", "p.reason", "p.raised_at", "p.acknowledged_by", "p.acknowledged_at", "p.closed_at", "p.outcome", "a.name as has_name", "d.name as closed_name"])
    .select((of) => of.selectFrom("page_steps as s").select("s.asks").whereRef("s.page_id", "=", "p.id").orderBy("s.step", "desc").limit(1).as("asks"));
type Row = Awaited<ReturnType<ReturnType<typeof lines>["execute"]>>[number];

const lineOf = (row: Row): PageLine => ({
  id: row.id as PageId,
  subjectKind: row.subject_kind,
  reason: row.reason,
  raisedAt: row.raised_at,
  has: row.acknowledged_by ? { id: row.acknowledged_by as MemberId, name: row.has_name ?? "" } : undefined,
  hasSince: row.acknowledged_at ?? undefined,
  asks: (row.asks ?? undefined) as Asks | undefined,
  outcome: (row.outcome ?? undefined) as Outcome | undefined,
  closedAt: row.closed_at ?? undefined,
});

const asked = (db: Reader, pageIds: readonly string[], { member }: StaffScope) =>
  db
    .selectFrom("page_calls")
    .select("page_id")
    .distinct()
    .where("member_id", "=", member.memberId)
    .where("page_id", "in", [...pageIds, "00000000-0000-4000-8000-000000000000"])
    .execute();

const shownClosed = 30;

/** The open pages that she may see, those first that nobody has, the oldest first; then the last that were closed. */
export async function pagesFor(db: Reader, scope: StaffScope): Promise<{ open: PageLine[]; closed: PageLine[] }> {
  const rows = [
    ...(await lines(db).where("p.closed_at", "is", null).orderBy("p.acknowledged_at", (by) => by.desc().nullsFirst()).orderBy("p.raised_at").execute()),
    ...(await lines(db).where("p.closed_at", "is not", null).orderBy("p.closed_at", "desc").limit(shownClosed).execute()),
  ];
  const hers = new Set((await asked(db, rows.map(({ id }) => id), scope)).map(({ page_id }) => page_id));
  const seen = rows.filter((row) => may("seePage", scope.member.roles, { asked: hers.has(row.id), has: row.acknowledged_by === scope.member.memberId })).map(lineOf);
  return { open: seen.filter(({ closedAt }) => !closedAt), closed: seen.filter(({ closedAt }) => closedAt) };
}

/** How she stands to this page; undefined when there is none, or none that she may see. */
export async function standingTo(db: Reader, scope: StaffScope, pageId: PageId): Promise<Standing | undefined> {
  const page = await db.selectFrom("pages").select("acknowledged_by").where("id", "=", pageId).executeTakeFirst();
  if (!page) return undefined;
  const standing = { asked: (await asked(db, [pageId], scope)).length > 0, has: page.acknowledged_by === scope.member.memberId };
  return may("seePage", scope.member.roles, standing) ? standing : undefined;
}

/** One page with everything that happened; undefined where she may not see it. */
export async function pageFor(db: Reader, scope: StaffScope, pageId: PageId): Promise<PageSheet | undefined> {
  const standing = await standingTo(db, scope, pageId);
  const row = standing ? await lines(db).where("p.id", "=", pageId).executeTakeFirst() : undefined;
  if (!standing || !row) return undefined;
  const steps = await db.selectFrom("page_steps as s").leftJoin("fallbacks as f", "f.id", "s.fallback_id").select(["s.step", "s.asks", "s.taken_at", "s.due_at", "f.en", "f.es"]).where("s.page_id", "=", pageId).orderBy("s.step").execute();
  const calls = await db.selectFrom("page_calls as c").innerJoin("members as m", "m.id", "c.member_id").select(["c.step", "c.state", "m.name"]).where("c.page_id", "=", pageId).orderBy("m.name").execute();
  const answers = await db.selectFrom("page_answers").select(["question", "answer"]).where("page_id", "=", pageId).execute();
  return {
    ...lineOf(row),
    path: row.path && row.path !== "/" ? row.path : undefined,
    closedBy: row.closed_name ?? undefined,
    nextAt: row.acknowledged_at || row.closed_at ? undefined : steps.at(-1)?.due_at,
    steps: steps.map((step) => ({
      number: step.step,
      asks: step.asks as Asks,
      takenAt: step.taken_at,
      calls: calls.filter((call) => call.step === step.step).map(({ name, state }) => ({ name, state: state as CallState })),
      fallback: step.en !== null && step.es !== null ? { en: step.en, es: step.es } : undefined,
    })),
    answers: new Map(answers.map(({ question, answer }) => [question as Question, answer as Answer])),
    disclosures: await disclosuresOf(db, pageId),
    standing,
  };
}

/** What two people decided, or one asks the other, about help from outside. */
export async function disclosuresOf(db: Reader, pageId: PageId): Promise<ShownDisclosure[]> {
  const rows = await db
    .selectFrom("disclosures as d")
    .innerJoin("members as a", "a.id", "d.asked_by")
    .leftJoin("members as b", "b.id", "d.agreed_by")
    .select(["d.id", "d.reason", "d.asked_by", "d.asked_at", "d.agreed_by", "d.agreed_at", "a.name as asked_name", "b.name as agreed_name"])
    .where("d.page_id", "=", pageId)
    .orderBy("d.asked_at")
    .execute();
  return rows.map((row) => ({
    id: row.id as DisclosureId,
    reason: row.reason as DisclosureReason,
    askedBy: row.asked_by as MemberId,
    askedByName: row.asked_name,
    askedAt: row.asked_at,
    agreedBy: (row.agreed_by ?? undefined) as MemberId | undefined,
    agreedByName: row.agreed_name ?? undefined,
    agreedAt: row.agreed_at ?? undefined,
  }));
}
