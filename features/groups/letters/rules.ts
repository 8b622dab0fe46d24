import { publicUrl } from "../../../platform/http/public-url.ts";
import type { House } from "../../../platform/http/house.ts";
import { isBefore, minutesBetween, type Instant } from "../../../platform/time/time.ts";
import { stands } from "../seats/rules.ts";
import type { SeatState } from "../seats/types.ts";
import type { Told } from "./types.ts";

/** The address that opens a seat on any device. */
export const linkTo = (house: Pick<House, "environment">, token: string): string => `${publicUrl(house)}/seats/open/${token}`;

/** Members are told of an hour that the clocks skip so many days before. */
export const shiftedDays = 7;
/** How to reach somebody is kept so long after the meeting; so long where she is still to be asked how she left. */
export const contactHours = 24;
export const askedContactHours = 48;
/** What facilitators wrote after an evening is kept so long. */
export const reportDays = 90;
/** How she leaves is asked after on the next day, at a time when people are awake. */
const awake = { from: 9, before: 20 } as const;

export type ToRemind = { readonly state: SeatState; readonly askedAt: Instant; readonly starts: Instant; readonly ends: Instant; readonly cancelled: boolean; readonly shifted: boolean; readonly zone: string; readonly came: boolean; readonly nextDay: boolean };

/** What is due to be told of a seat at `now`. Whoever asked for it within the last two hours knows of it. */
export function remindersDue({ state, askedAt, starts, ends, cancelled, shifted, zone, came, nextDay }: ToRemind, now: Instant): Told[] {
  if (cancelled || state !== "held") return [];
  const left = minutesBetween(now, starts);
  const fresh = minutesBetween(askedAt, now) < 120;
  const hour = now.toZonedDateTimeISO(zone).hour;
  const since = minutesBetween(ends, now);
  const due: (Told | false)[] = [
    shifted && left > 0 && left <= shiftedDays * 1440 && "shifted",
    !fresh && left > 60 * 3 && left <= 24 * 60 && "day_before",
    !fresh && left > 5 && left <= 65 && "hour_before",
    nextDay && came && since >= 12 * 60 && since <= 36 * 60 && hour >= awake.from && hour < awake.before && "next_day",
  ];
  return due.filter((one) => one !== false);
}

/** May it still be said? An offer that ended, or a meeting that has begun, is not told of any more. */
export function stillTrue(what: Told, { state, starts, ends, offeredUntil }: { readonly state: SeatState; readonly starts: Instant; readonly ends: Instant; readonly offeredUntil: Instant | undefined }, now: Instant): boolean {
  if (what === "next_day") return true;
  if (what === "offered") return state === "offered" && offeredUntil !== undefined && isBefore(now, offeredUntil);
  if (what === "cancelled") return state !== "given_back" && state !== "removed" && state !== "no_show" && isBefore(now, starts);
  if (what === "message") return stands(state) && isBefore(now, ends);
  if (what === "back") return stands(state) && isBefore(now, starts);
  return (state === "held" || (what === "moved" && (state === "waiting" || state === "offered"))) && isBefore(now, starts);
}

/** So long what is told is of use: a device that is off until then need not hear of it any more. */
export function ofUseUntil(what: Told, { starts, ends, offeredUntil }: { readonly starts: Instant; readonly ends: Instant; readonly offeredUntil: Instant | undefined }): Instant {
  if (what === "next_day") return ends.add({ hours: 36 });
  if (what === "message") return ends;
  return ((what === "offered" || what === "back") && offeredUntil) || starts;
}
