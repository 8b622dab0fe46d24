import { randomUUID } from "node:crypto";
import type { House } from "../../../platform/http/house.ts";
import { moderatorScope, type MemberId, type ModeratorScope, type SignedInRole } from "../../../platform/http/scope.ts";
import { makeSignedIn } from "../../accounts/factory.ts";
import type { CaseId, OpenCase } from "../types.ts";
import { openCaseOf } from "./commands.ts";

/** A post that waits on the desk, changed where a test says so. */
export async function aCase(house: House, changed: Partial<OpenCase> = {}): Promise<CaseId> {
  const subjectId = changed.subjectId ?? randomUUID();
  await openCaseOf(house, { subjectKind: "post", subjectId, reason: "held", priority: 2, why: [], ...changed });
  const { id } = await house.db.selectFrom("cases").select("id").where("subject_id", "=", subjectId).executeTakeFirstOrThrow();
  return id as CaseId;
}

/** Somebody who keeps the community, as her gate would let her in. */
export async function aModerator(house: House, name: string, roles: readonly SignedInRole[] = ["moderator"]): Promise<{ readonly id: MemberId; readonly cookie: string; readonly scope: ModeratorScope }> {
  const { id, cookie, scope } = await makeSignedIn(house, roles, { name });
  return { id, cookie, scope: moderatorScope(scope.member) };
}
