import type { MemberId, StaffRole } from "../../../platform/http/scope.ts";
import { isBefore, isZone, type Instant } from "../../../platform/time/time.ts";
import { inForce } from "../rules.ts";
import type { HeldRole, Invitation } from "../types.ts";

export const invitationDays = 7;

type Holder = Pick<HeldRole, "expiresAt" | "endedAt"> & { readonly memberId: MemberId };

/** Does somebody else still look after the network when this member's role as coordinator ends at `endsAt`? True for who holds none. */
export function leavesACoordinator(coordinators: readonly Holder[], memberId: MemberId, endsAt: Instant, now: Instant): boolean {
  const standing = coordinators.filter((held) => inForce(held, now));
  const lastsLonger = ({ expiresAt }: Holder) => expiresAt === undefined || isBefore(endsAt, expiresAt);
  return !standing.some((held) => held.memberId === memberId) || standing.some((held) => held.memberId !== memberId && lastsLonger(held));
}

/** The instant at which a role's last day is over, in the giver's zone. Undefined for a day that is past. */
export function endOfDay(day: Temporal.PlainDate, zone: string, now: Instant): Instant | undefined {
  const end = day.add({ days: 1 }).toZonedDateTime(isZone(zone) ? zone : "UTC").toInstant();
  return isBefore(now, end) ? end : undefined;
}

/** The last day on which a role that ends at `expiresAt` still holds. */
export const lastDay = (expiresAt: Instant, zone: string): Temporal.PlainDate => expiresAt.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate();

export const invitationOpen = (invitation: Pick<Invitation, "acceptedAt" | "withdrawnAt" | "expiresAt">, now: Instant): boolean =>
  invitation.acceptedAt === undefined && invitation.withdrawnAt === undefined && isBefore(now, invitation.expiresAt);

const order: readonly StaffRole[] = ["coordinator", "supervisor", "moderator", "facilitator", "volunteer"];
export const inOrder = (roles: readonly StaffRole[]): StaffRole[] => order.filter((role) => roles.includes(role));
