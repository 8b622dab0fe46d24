import { randomUUID } from "node:crypto";
import { audit } from "../../../platform/audit/audit.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { InBoth, SpaceId, SpaceMode } from "../types.ts";

export type NewSpace = { readonly language: Language | "both"; readonly name: InBoth; readonly about: InBoth; readonly shared: InBoth | undefined; readonly mode: SpaceMode; readonly pictures: boolean };

const columns = ({ language, name, about, shared, mode, pictures }: NewSpace) => ({ language, pictures, name_en: name.en, name_es: name.es, about_en: about.en, about_es: about.es, shared_en: shared?.en ?? null, shared_es: shared?.es ?? null, mode });

/** Opens a space. `id`: of the form that asks for it; sent twice, it is one. */
export const openSpace = (house: House, { member }: StaffScope, space: NewSpace, id = randomUUID() as string as SpaceId): Promise<SpaceId> =>
  inTransaction(house, async ({ tx, now }) => {
    const { numInsertedOrUpdatedRows } = await tx.insertInto("spaces").values({ id, ...columns(space), made_by: member.memberId, made_at: now }).onConflict((already) => already.doNothing()).executeTakeFirst();
    if (numInsertedOrUpdatedRows) await audit(tx, { memberId: member.memberId, act: "opened_space", subjectKind: "space", subjectId: id });
    return id;
  });

/** Changes what a space says of itself and how it is read. What waits goes on waiting. */
export const changeSpace = (house: House, { member }: StaffScope, id: SpaceId, space: NewSpace): Promise<void> =>
  inTransaction(house, async ({ tx }) => {
    await tx.updateTable("spaces").set(columns(space)).where("id", "=", id).execute();
    await audit(tx, { memberId: member.memberId, act: "changed_space", subjectKind: "space", subjectId: id, reason: space.mode });
  });

/** Nothing is written in it until then; everybody reads why. */
export const pauseSpace = (house: House, { member }: StaffScope, id: SpaceId, reason: InBoth, until: Instant): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    // Two that pause it at one moment wait for each other: one pause is in force.
    await tx.selectFrom("spaces").select("id").where("id", "=", id).forNoKeyUpdate().execute();
    await tx.updateTable("space_pauses").set({ ended_at: now }).where("space_id", "=", id).where("ended_at", "is", null).execute();
    await tx.insertInto("space_pauses").values({ space_id: id, reason_en: reason.en, reason_es: reason.es, paused_by: member.memberId, from_at: now, until_at: until }).execute();
    await audit(tx, { memberId: member.memberId, act: "paused_space", subjectKind: "space", subjectId: id });
  });

/** It goes on, now. */
export const resumeSpace = (house: House, { member }: StaffScope, id: SpaceId): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const { numUpdatedRows } = await tx.updateTable("space_pauses").set({ ended_at: now }).where("space_id", "=", id).where("ended_at", "is", null).executeTakeFirst();
    if (numUpdatedRows > 0n) await audit(tx, { memberId: member.memberId, act: "resumed_space", subjectKind: "space", subjectId: id });
  });

/** She says that she shares it. Nobody asks for proof. */
export const joinSpace = (house: House, { member }: MemberScope, id: SpaceId): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const space = await tx.selectFrom("spaces").select("id").where("id", "=", id).where("closed_at", "is", null).executeTakeFirst();
    if (space) await tx.insertInto("space_members").values({ space_id: id, member_id: member.memberId, joined_at: now }).onConflict((already) => already.doNothing()).execute();
  });

/** She leaves it. What she wrote there stays hers to take back. */
export const leaveSpace = (house: House, { member }: MemberScope, id: SpaceId): Promise<void> =>
  inTransaction(house, async ({ tx }) => void (await tx.deleteFrom("space_members").where("space_id", "=", id).where("member_id", "=", member.memberId).execute()));
