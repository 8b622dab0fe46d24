import type { MemberId } from "../../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import type { CaseState, Refusal } from "../types.ts";
import type { Look, PrivateThing } from "./types.ts";

export const aloneMinutes = 30;
export const togetherHours = 24;
export const reviewHours = 72;

/** What was removed is closed to the desk, too, unless something about it waits for an answer. */
export const wordsClosed = ({ waiting, last }: Pick<CaseState, "waiting" | "last">): boolean => !waiting && last?.decision === "remove";

export const isOpen = ({ endsAt }: Pick<Look, "endsAt">, now: Instant): boolean => endsAt !== undefined && isBefore(now, endsAt);

type Asked = Pick<Look, "askedBy" | "agreed" | "endsAt" | "reviewDueAt" | "wasRight">;

export const waitsForSecond = ({ agreed, endsAt }: Asked): boolean => agreed === undefined && endsAt === undefined;
export const waitsForReview = ({ reviewDueAt, wasRight }: Asked): boolean => reviewDueAt !== undefined && wasRight === undefined;

/** One look at one thing at a time. Whoever owes a review that is overdue does not look alone again. */
export function mayLook(hers: readonly (Asked & { readonly what: PrivateThing; readonly here: boolean })[], { what, alone }: { what: PrivateThing; alone: boolean }, now: Instant): Refusal | undefined {
  if (hers.some((look) => look.here && look.what === what && (isOpen(look, now) || (waitsForSecond(look) && !alone)))) return { refused: "looksAlready" };
  const overdue = hers.some((look) => waitsForReview(look) && look.reviewDueAt !== undefined && isBefore(look.reviewDueAt, now));
  return alone && overdue ? { refused: "reviewOwed" } : undefined;
}

/** How long it is open, and by when it is reviewed. */
export const openedAlone = (now: Instant) => ({ endsAt: now.add({ minutes: aloneMinutes }), reviewDueAt: now.add({ hours: reviewHours }) });
export const openedTogether = (now: Instant): Instant => now.add({ hours: togetherHours });

/** The second person is another than who asked, and she answers once. */
export const mayAnswer = (look: Asked, me: MemberId): boolean => waitsForSecond(look) && look.askedBy !== me;
export const mayReview = (look: Asked, me: MemberId): boolean => waitsForReview(look) && look.askedBy !== me;
