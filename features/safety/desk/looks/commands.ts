import { audit } from "../../../../platform/audit/audit.ts";
import type { House } from "../../../../platform/http/house.ts";
import type { ModeratorScope } from "../../../../platform/http/scope.ts";
import type { CaseId } from "../../types.ts";
import { inCase, roleOf } from "../commands.ts";
import type { Refusal } from "../types.ts";
import { looksOfModerator, looksOn } from "./queries.ts";
import { mayAnswer, mayLook, mayReview, openedAlone, openedTogether } from "./rules.ts";
import type { LookReason, PrivateThing } from "./types.ts";

export type Asking = { readonly what: PrivateThing; readonly reason: LookReason; readonly note: string; readonly alone: boolean };

/** Asks to see something private. Alone it opens at once, for half an hour, and another reviews it; otherwise it waits for a second person. */
export const askToLook = (house: House, scope: ModeratorScope, id: CaseId, { what, reason, note, alone }: Asking): Promise<Refusal | "asked" | undefined> =>
  inCase(house, scope, id, async ({ tx, now, row, sealed }) => {
    const { memberId } = scope.member;
    const hers = (await looksOfModerator(tx, house.keys, memberId)).map((look) => ({ ...look, here: look.caseId === id }));
    const refused = mayLook(hers, { what, alone }, now);
    if (refused) return refused;
    const opened = alone ? openedAlone(now) : undefined;
    await tx
      .insertInto("looks")
      .values({
        case_id: id,
        author_member: row.author_member,
        author_mark: row.author_mark,
        what,
        reason,
        note_sealed: sealed(note, "look"),
        asked_by: memberId,
        by_role: roleOf(scope),
        asked_at: now,
        ends_at: opened?.endsAt ?? null,
        review_due_at: opened?.reviewDueAt ?? null,
      })
      .execute();
    await audit(tx, { memberId, act: alone ? "looked_alone" : "asked_to_look", subjectKind: "case", subjectId: id, reason: `look_${what}` });
    return "asked";
  });

/** The second person says yes or no. */
export const answerLook = (house: House, scope: ModeratorScope, id: CaseId, lookId: string, agreed: boolean): Promise<Refusal | "answered" | undefined> =>
  inCase(house, scope, id, async ({ tx, now }) => {
    const { memberId } = scope.member;
    const look = (await looksOn(tx, house.keys, scope, id)).find((one) => one.id === lookId);
    if (!look) return undefined;
    if (!mayAnswer(look, memberId)) return { refused: "notPossible" };
    await tx.updateTable("looks").set({ answered_by: memberId, answered_at: now, agreed, ends_at: agreed ? openedTogether(now) : null }).where("id", "=", lookId).execute();
    await audit(tx, { memberId, act: agreed ? "agreed_to_look" : "refused_look", subjectKind: "case", subjectId: id, reason: `look_${look.what}` });
    return "answered";
  });

/** Another reads what was looked at alone, and says whether it was right. */
export const reviewLook = (house: House, scope: ModeratorScope, id: CaseId, lookId: string, wasRight: boolean): Promise<Refusal | "answered" | undefined> =>
  inCase(house, scope, id, async ({ tx, now }) => {
    const { memberId } = scope.member;
    const look = (await looksOn(tx, house.keys, scope, id)).find((one) => one.id === lookId);
    if (!look) return undefined;
    if (!mayReview(look, memberId)) return { refused: "notPossible" };
    await tx.updateTable("looks").set({ reviewed_by: memberId, reviewed_at: now, was_right: wasRight }).where("id", "=", lookId).execute();
    await audit(tx, { memberId, act: "reviewed_look", subjectKind: "case", subjectId: id, reason: wasRight ? "look_right" : "look_not_right" });
    return "answered";
  });

/** What is closed was shown to her: each time is written down. */
export const noteShown = (house: House, { member: { memberId } }: ModeratorScope, id: CaseId, what: PrivateThing): Promise<void> =>
  audit(house.db, { memberId, act: "saw_private", subjectKind: "case", subjectId: id, reason: `look_${what}` });
