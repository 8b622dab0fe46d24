import type { MemberId } from "../../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../../platform/time/time.ts";
import type { Priority } from "../../types.ts";
import type { Refusal } from "../types.ts";
import type { Asked } from "./types.ts";

/** Whoever is asked has so long to answer before the next one is asked. */
export const answerWithinMinutes = 5;
/** Who had the desk open so lately counts as being there. */
export const thereMinutes = 15;

/** With what is most urgent nobody sits alone who need not. */
export const wantsTwo = (priority: Priority): boolean => priority === 0;

export type NextToAsk = { readonly ask: MemberId } | { readonly waitUntil: Instant };

/**
 * Who is asked to sit with her: one after the other of those who are there or on call (`candidates`, in their order), each once, for as long
 * as nobody has joined. Undefined: nobody is left to ask, or nobody needs to be. Then she may go on alone.
 */
export function nextToAsk(joined: boolean, asked: readonly Asked[], candidates: readonly MemberId[], now: Instant): NextToAsk | undefined {
  if (joined) return undefined;
  const open = asked.filter(({ declined }) => !declined).map(({ askedAt }) => askedAt.add({ minutes: answerWithinMinutes })).sort(Temporal.Instant.compare).at(-1);
  if (open && isBefore(now, open)) return { waitUntil: open };
  const next = candidates.find((one) => !asked.some(({ memberId }) => memberId === one));
  return next === undefined ? undefined : { ask: next };
}

/** Whoever is on this desk may join, whether she was asked or not: but not who has it, and not where somebody has joined. */
export function mayJoin({ withMember, joinedBy }: { readonly withMember: MemberId; readonly joinedBy: MemberId | undefined }, me: MemberId): Refusal | undefined {
  if (withMember === me) return { refused: "youHaveItYourself" };
  return joinedBy !== undefined && joinedBy !== me ? { refused: "someoneSitsAlready" } : undefined;
}
