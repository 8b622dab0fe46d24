import { randomBytes, randomUUID } from "node:crypto";
import type { House } from "../../../platform/http/house.ts";
import { moderatorScope, type MemberId, type ModeratorScope, type SignedInRole } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import type { CaseId, OpenCase } from "../types.ts";
import { chooseTopics, expose, handOverDesk, keepDebrief, takeBreak } from "./care/commands.ts";
import { openCaseOf } from "./commands.ts";

/** A post that waits on the desk, changed where a test says so. */
export async function aCase(house: House, changed: Partial<OpenCase> = {}): Promise<CaseId> {
  const subjectId = changed.subjectId ?? randomUUID();
  await openCaseOf(house, { subjectKind: "post", subjectId, reason: "held", priority: 2, why: [], ...changed });
  const { id } = await house.db.selectFrom("cases").select("id").where("subject_id", "=", subjectId).executeTakeFirstOrThrow();
  return id as CaseId;
}

/** A case that a moderator took, with a row in each table that hangs on one. */
export async function aFullCase(house: House, member: MemberId, about: { authorId: string } | { authorMark: string } | Pick<OpenCase, "subjectKind">): Promise<CaseId> {
  const id = await aCase(house, about);
  const [at, author_member] = [house.now(), "authorId" in about ? about.authorId : null];
  const decision = await house.db.insertInto("case_decisions").values({ case_id: id, decision: "remove", rule: "kind", member_id: member, by_role: "moderator", priority: 2, at }).returning("id").executeTakeFirstOrThrow();
  await house.db.insertInto("case_claims").values({ case_id: id, member_id: member, taken_at: at, seen_at: at }).execute();
  await house.db.insertInto("case_views").values({ case_id: id, member_id: member, seen_at: at }).execute();
  await house.db.insertInto("case_opinions").values({ case_id: id, asked_by: member, asked_at: at }).execute();
  await house.db.insertInto("looks").values({ case_id: id, author_member, what: "words", reason: "report", asked_by: member, by_role: "moderator", asked_at: at }).execute();
  const pairing = await house.db.insertInto("case_pairings").values({ case_id: id, with_member: member, asked_at: at }).returning("id").executeTakeFirstOrThrow();
  await house.db.insertInto("case_pairing_calls").values({ pairing_id: pairing.id, case_id: id, member_id: member, asked_at: at }).execute();
  await house.db.insertInto("case_settlements").values({ case_id: id, member_id: member, how: "closed", at }).execute();
  await house.db.insertInto("case_appeals").values({ case_id: id, decision_id: decision.id, made_at: at }).execute();
  await house.db
    .insertInto("strikes")
    .values({ case_id: id, decision_id: decision.id, author_member, author_mark: author_member ? null : randomBytes(32), kind: "note", rule: "kind", given_by: member, by_role: "moderator", at })
    .execute();
  return id;
}

/** Somebody who keeps the community, as her gate would let her in. */
export async function aModerator(house: House, name: string, roles: readonly SignedInRole[] = ["moderator"]): Promise<{ readonly id: MemberId; readonly cookie: string; readonly scope: ModeratorScope }> {
  const { id, cookie, scope } = await makeSignedIn(house, roles, { name });
  return { id, cookie, scope: moderatorScope(scope.member) };
}

/** What the house keeps of how a moderator is: a row in each of its tables. */
export async function aFullCare(house: House, scope: ModeratorScope): Promise<void> {
  await house.db.transaction().execute((tx) => expose(tx, scope, { readFor: randomUUID(), priority: 1, at: house.now() }));
  await takeBreak(house, scope);
  await chooseTopics(house, scope, ["loss"]);
  await keepDebrief(house, scope, { how: "heavy", wantsTalk: false });
  await handOverDesk(house, scope, "A quiet night.");
}
