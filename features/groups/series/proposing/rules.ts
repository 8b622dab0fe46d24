import type { Problems } from "../../../../platform/http/form.ts";
import type { MemberId, SignedIn } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { GroupKind } from "../../types.ts";
import { roomLacks, startsProblem } from "../rules.ts";
import type { Facilitator, Kept, Proposal } from "../types.ts";

type Typed = { readonly proposal: Omit<Proposal, "facilitators">; readonly first: string | undefined; readonly second: string | undefined };

/** A coordinator names both; a facilitator is the first herself. */
export const namesBoth = ({ roles }: Pick<SignedIn, "roles">): boolean => roles.has("coordinator");

/** Who would lead it; the second may not be found yet. */
export function pairOf({ first, second }: Pick<Typed, "first" | "second">, member: Pick<SignedIn, "memberId" | "roles">): MemberId[] {
  const one = namesBoth(member) ? first : member.memberId;
  return [one, second].filter((id): id is MemberId => id !== undefined);
}

type Known = { readonly member: Pick<SignedIn, "memberId" | "roles">; readonly kinds: readonly GroupKind[]; readonly staff: readonly Facilitator[]; readonly kept: Kept | undefined; readonly bears: number; readonly now: Instant };

/** What only the house knows to be wrong: field → key of the sentence that says how to mend it. */
export function proposalProblems(typed: Typed, { member, kinds, staff, kept, bears, now }: Known): Problems {
  const { proposal, first, second } = typed;
  const starts = startsProblem(proposal.plan, now);
  const unknown = (id: string | undefined) => id !== undefined && !staff.some((one) => one.id === id);
  const addressKept = kept?.hasAddress === true && kept.series.room === "link";
  return {
    ...(kinds.some(({ id }) => id === proposal.kind) ? {} : { kind: "kindMissing" }),
    ...(starts ? { starts } : {}),
    ...(roomLacks(proposal, bears).length > 0 ? { seats: "seatsTooMany" } : {}),
    ...(proposal.room === "link" && proposal.address === undefined && !addressKept ? { address: "addressMissing" } : {}),
    ...(namesBoth(member) && unknown(first) ? { first: "memberUnknown" } : {}),
    ...(unknown(second) ? { second: "memberUnknown" } : {}),
    ...(second === member.memberId && !namesBoth(member) ? { second: "samePerson" } : {}),
  };
}
