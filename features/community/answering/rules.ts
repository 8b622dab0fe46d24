import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** Nobody answered for so long: so many are asked. */
export const rounds = [
  { minutes: 30, people: 2 },
  { minutes: 60, people: 4 },
  { minutes: 120, people: 8 },
] as const;

/** When the round of this number is looked at; undefined after the last. */
export const roundAt = (shownAt: Instant, round: number): Instant | undefined => {
  const of = rounds[round];
  return of && shownAt.add({ minutes: of.minutes });
};

export type Offer = { readonly memberId: MemberId; readonly offeredAt: Instant; /** When she was last asked for any topic. */ readonly askedAt: Instant | undefined };
export type Silence = { readonly round: number; readonly author: MemberId | undefined; /** Asked for this topic already. */ readonly asked: ReadonlySet<MemberId>; /** Who does not read the author, or is not read by her. */ readonly apart: ReadonlySet<MemberId> };

/** Who is asked in this round: never the author, never whom one of the two has hidden, nobody twice for one topic; who was asked longest ago comes first. */
export function whoToAsk(offers: readonly Offer[], { round, author, asked, apart }: Silence): MemberId[] {
  const since = ({ askedAt }: Offer) => askedAt?.epochMilliseconds ?? -Infinity;
  return offers
    .filter(({ memberId }) => memberId !== author && !asked.has(memberId) && !apart.has(memberId))
    .toSorted((a, b) => since(a) - since(b) || Temporal.Instant.compare(a.offeredAt, b.offeredAt))
    .slice(0, rounds[round]?.people ?? 0)
    .map(({ memberId }) => memberId);
}
