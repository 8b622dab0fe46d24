import type { Reader } from "../../../platform/db/database.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { staffNow, supervisorsNow } from "../../accounts/queries.ts";
import type { StaffMember } from "../../accounts/types.ts";
import { admitted } from "../policy.ts";
import { lineAt } from "./rules.ts";
import type { Asks, PageId, Rank, Roster, Shift, ShiftId, Step } from "./types.ts";
import { say } from "./words.ts";

/** Every shift that has a part between these instants and was not ended, by its beginning. */
export async function shiftsBetween(db: Reader, from: Instant, until: Instant): Promise<Shift[]> {
  const rows = await db.selectFrom("on_call_shifts").selectAll().where("ended_at", "is", null).where("until_at", ">", from).where("from_at", "<=", until).orderBy("from_at").orderBy("id").execute();
  return rows.map((row) => ({ id: row.id as ShiftId, memberId: row.member_id as MemberId, rank: row.rank as Rank, from: row.from_at, until: row.until_at }));
}

/** Everybody of the staff who may be called at `now`, by name. */
export async function callableNow(db: Reader, now: Instant): Promise<StaffMember[]> {
  const may = admitted("beOnCall");
  return (await staffNow(db, now)).filter(({ roles }) => roles.some((role) => may.includes(role)));
}

/** Whom the ladder can ask at `now`. */
export async function rosterAt(db: Reader, now: Instant): Promise<Roster> {
  const everyone = (await callableNow(db, now)).map(({ id }) => id);
  const standIns = (await supervisorsNow(db, now)).map(({ id }) => id);
  return { line: lineAt(await shiftsBetween(db, now, now), new Set(everyone), standIns, now), everyone };
}

/** The steps of a page in their order, with whom each asked. */
export async function stepsOf(db: Reader, pageId: PageId): Promise<Step[]> {
  const rows = await db.selectFrom("page_steps").select(["step", "asks", "taken_at", "due_at"]).where("page_id", "=", pageId).orderBy("step").execute();
  const calls = await db.selectFrom("page_calls").select(["step", "member_id"]).where("page_id", "=", pageId).execute();
  return rows.map((row) => ({
    number: row.step,
    asks: row.asks as Asks,
    members: calls.filter(({ step }) => step === row.step).map(({ member_id }) => member_id as MemberId),
    takenAt: row.taken_at,
    dueAt: row.due_at,
  }));
}

/** How it stands with what somebody wrote, for her own page: people are being asked, one of us has it, nobody was reached (and what we do then), or it is over. */
export type AskedFor =
  | { readonly state: "asking" | "somebodyHasIt" | "over"; readonly since: Instant }
  | { readonly state: "nobodyReached"; readonly since: Instant; /** In her language. */ readonly whatWeDo: string };

/** The last time that people on call were asked for this; undefined where they never were. It names nobody. */
export async function askedFor(db: Reader, language: Language, subjectKind: string, subjectId: string): Promise<AskedFor | undefined> {
  const page = await db
    .selectFrom("pages")
    .select(["id", "raised_at", "acknowledged_at", "closed_at"])
    .where("subject_kind", "=", subjectKind)
    .where("subject_id", "=", subjectId)
    .orderBy("raised_at", "desc")
    .executeTakeFirst();
  if (!page) return undefined;
  if (page.closed_at) return { state: "over", since: page.closed_at };
  if (page.acknowledged_at) return { state: "somebodyHasIt", since: page.acknowledged_at };
  const nobody = await db
    .selectFrom("page_steps as s")
    .leftJoin("fallbacks as f", "f.id", "s.fallback_id")
    .select(["s.taken_at", "f.en", "f.es"])
    .where("s.page_id", "=", page.id)
    .where("s.asks", "=", "nobody")
    .executeTakeFirst();
  return nobody ? { state: "nobodyReached", since: nobody.taken_at, whatWeDo: nobody[language] ?? say(language)("fallbackStandard") } : { state: "asking", since: page.raised_at };
}
