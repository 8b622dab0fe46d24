import { isBefore, secondsBetween, type Instant } from "../../../platform/time/time.ts";
import type { SignedInRole } from "../../../platform/http/scope.ts";
import type { MemberId } from "../types.ts";

/** The same answer noted again within this time is one try: a second tap, or ringing twice in a row. */
const oneTrySeconds = 60;

/** Half, five sixths and the whole of a day's promise; for a promise further ahead, as long before it is due. */
const reminders = [
  { hoursBefore: 12, whom: "owner" },
  { hoursBefore: 4, whom: "coordinators" },
  { hoursBefore: 0, whom: "coordinators" },
] as const;

export type Owner = { readonly id: MemberId; readonly name: string; readonly isCoordinator: boolean };

export const isOverdue = (dueAt: Instant, now: Instant): boolean => !isBefore(now, dueAt);

/** A coordinator keeps a promise only until a volunteer takes it; from a volunteer, a supervisor or coordinator may take it over. */
export function mayTakeOver(me: { readonly memberId: MemberId; readonly roles: ReadonlySet<SignedInRole> }, owner: Owner | undefined): boolean {
  if (owner?.id === me.memberId) return false;
  return owner === undefined || owner.isCoordinator || me.roles.has("supervisor") || me.roles.has("coordinator");
}

/** Is this the try that was noted last, sent again? */
export function isSameTry(last: { readonly reached: boolean; readonly at: Instant; readonly memberId: MemberId } | undefined, next: { readonly reached: boolean; readonly memberId: MemberId }, now: Instant): boolean {
  return last !== undefined && last.memberId === next.memberId && last.reached === next.reached && secondsBetween(last.at, now) < oneTrySeconds;
}

/** Whom to remind of an open promise now, and when to look again. After the due time has been told of, never again. */
export function reminderAt(dueAt: Instant, now: Instant): { readonly whom: "owner" | "coordinators" | undefined; readonly next: Instant | undefined } {
  const times = reminders.map(({ hoursBefore, whom }) => ({ whom, at: dueAt.subtract({ hours: hoursBefore }) }));
  return { whom: times.findLast(({ at }) => !isBefore(now, at))?.whom, next: times.find(({ at }) => isBefore(now, at))?.at };
}

/** What dials, writes or mails from the volunteer's own device. "Text only" is never a call, whatever was asked. */
export function reachBy(way: string, safeWay: string | undefined, contact: string): { readonly kind: "text" | "call" | "email"; readonly href: string } {
  if (way === "email") return { kind: "email", href: `mailto:${encodeURIComponent(contact.trim()).replaceAll("%40", "@")}` };
  const number = contact.replaceAll(/[^\d+]/g, "");
  return way === "text" || safeWay === "text_only" ? { kind: "text", href: `sms:${number}` } : { kind: "call", href: `tel:${number}` };
}
