import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { ClassId } from "../types.ts";
import { affectedOnes, breachBound, markOfBreach, markOfStep, stepBound } from "./queries.ts";
import type { AffectedOne, Breach, BreachId, BreachKind, BreachStep } from "./types.ts";

export type NewBreach = { readonly key: string; readonly kind: BreachKind; readonly classes: readonly ClassId[]; readonly from: Instant; readonly until: Instant; readonly knownAt: Instant; readonly what: string };

/** Writes down what went wrong; its mark goes into the sealed audit, so that a later change of it is seen. The same form twice is one. */
export const recordBreach = (house: House, { member: { memberId } }: StaffScope, { key: id, what, ...said }: NewBreach): Promise<BreachId> =>
  inTransaction(house, async ({ tx, now }) => {
    const { key, wrapped } = house.keys.makeDataKey(breachBound(id));
    const made = await tx
      .insertInto("breaches")
      .values({ id, kind: said.kind, classes: [...said.classes], from_at: said.from, until_at: said.until, known_at: said.knownAt, what_sealed: seal(key, what, breachBound(id)), wrapped_key: wrapped, recorded_by: memberId, recorded_at: now })
      .onConflict((twin) => twin.column("id").doNothing())
      .returning(["id", "kind", "classes", "from_at", "until_at", "known_at", "what_sealed", "recorded_by"])
      .executeTakeFirst();
    if (made) await audit(tx, { memberId, act: "recorded_breach", subjectKind: "breach", subjectId: id, reason: `mark ${markOfBreach(made)}` });
    return id as BreachId;
  });

type NewStep = { readonly key: string; readonly step: BreachStep; readonly words: string };

/** Adds what was done. Undefined: there is no such breach. */
export const noteBreach = (house: House, { member: { memberId } }: StaffScope, id: string, step: NewStep): Promise<"noted" | undefined> =>
  inTransaction(house, async (act) => {
    const breach = await act.tx.selectFrom("breaches").select(["id", "wrapped_key"]).where("id", "=", id).forUpdate().executeTakeFirst();
    if (!breach) return undefined;
    await addStep(house, act, memberId, breach, step);
    return "noted";
  });

/** The same inside an act of somebody else's, which holds the breach. */
export async function addStep({ keys }: Pick<House, "keys">, { tx, now }: Act, memberId: MemberId, breach: { readonly id: string; readonly wrapped_key: Buffer }, { key: stepId, step, words }: NewStep): Promise<void> {
  const { id } = breach;
  const key = keys.openDataKey(breach.wrapped_key, breachBound(id));
  const made = await tx
    .insertInto("breach_steps")
    .values({ id: stepId, breach_id: id, step, words_sealed: words === "" ? null : seal(key, words, stepBound(stepId)), taken_by: memberId, at: now })
    .onConflict((twin) => twin.column("id").doNothing())
    .returning(["id", "breach_id", "step", "words_sealed", "taken_by", "at"])
    .executeTakeFirst();
  if (made) await audit(tx, { memberId, act: "noted_breach", subjectKind: "breach", subjectId: id, reason: `breach_${step} mark ${markOfStep(made)}` });
}

/** The list of whom to tell; that somebody took it is written down. */
export const listAffected = (house: House, scope: StaffScope, breach: Pick<Breach, "id" | "classes" | "until">): Promise<AffectedOne[]> =>
  inTransaction(house, async ({ tx }) => {
    await audit(tx, { memberId: scope.member.memberId, act: "listed_affected", subjectKind: "breach", subjectId: breach.id });
    return affectedOnes(tx, scope, breach);
  });
