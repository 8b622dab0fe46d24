import type { Reader } from "../../../../platform/db/database.ts";
import type { MemberId, StaffScope } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { callableNow, rosterAt, shiftsBetween } from "../queries.ts";
import { gapsIn, isOnCall } from "../rules.ts";
import type { Fallback, Gap, InLine, Shift } from "../types.ts";

/** So far ahead the roster is shown, and its gaps named. */
export const daysAhead = 7;

type Candidate = { readonly id: MemberId; readonly name: string };

export type RosterSheet = {
  readonly now: Instant;
  /** Who would be asked in turn if somebody were needed now. */
  readonly line: readonly InLine[];
  /** None of them has a shift: supervisors and coordinators stand in. */
  readonly standIns: boolean;
  readonly shifts: readonly Shift[];
  readonly gaps: readonly Gap[];
  readonly candidates: readonly Candidate[];
  /** Everybody who is named here. */
  readonly names: ReadonlyMap<MemberId, string>;
  readonly fallback: (Fallback & { readonly writtenBy: string | undefined; readonly writtenAt: Instant }) | undefined;
};

/** The roster of the days to come as the desk shows it: who can be called now, what was given, and where it has gaps. */
export async function rosterFor(db: Reader, _scope: StaffScope, now: Instant): Promise<RosterSheet> {
  const until = now.add({ hours: daysAhead * 24 });
  const [shifts, people, { line }] = [await shiftsBetween(db, now, until), await callableNow(db, now), await rosterAt(db, now)];
  const there = new Set(people.map(({ id }) => id));
  const rows = await db.selectFrom("members").select(["id", "name"]).where("id", "in", [...new Set([...shifts.map(({ memberId }) => memberId), ...there]), "00000000-0000-4000-8000-000000000000"]).execute();
  return {
    now,
    line,
    standIns: !shifts.some((shift) => isOnCall(shift, now) && there.has(shift.memberId)),
    shifts,
    gaps: gapsIn(shifts.filter(({ memberId }) => there.has(memberId)), now, until),
    candidates: people.map(({ id, name }) => ({ id, name })),
    names: new Map(rows.map(({ id, name }) => [id as MemberId, name])),
    fallback: await fallbackNow(db),
  };
}

/** What is written for when nobody is reached; undefined until a coordinator wrote it. */
export async function fallbackNow(db: Reader): Promise<RosterSheet["fallback"]> {
  const row = await db.selectFrom("fallbacks as f").leftJoin("members as m", "m.id", "f.written_by").select(["f.en", "f.es", "m.name", "f.written_at"]).orderBy("f.written_at", "desc").executeTakeFirst();
  return row ? { en: row.en, es: row.es, writtenBy: row.name ?? undefined, writtenAt: row.written_at } : undefined;
}
