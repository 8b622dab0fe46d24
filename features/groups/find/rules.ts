import type { Instant } from "../../../platform/time/time.ts";
import type { Meeting } from "../types.ts";
import type { Hours, Sought } from "./types.ts";

/** From and before which hour of her own clock. */
export const hoursOf: Readonly<Record<Hours, readonly [from: number, before: number]>> = { morning: [5, 12], afternoon: [12, 17], evening: [17, 22], night: [22, 5] };

export type Day = { readonly date: Temporal.PlainDate; readonly ahead: number; readonly meetings: readonly Meeting[] };

/** By day of her own calendar, with how many days ahead of today each is. */
export function byDay(meetings: readonly Meeting[], now: Instant, zone: string): Day[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const days = new Map<string, Meeting[]>();
  for (const meeting of meetings) {
    const name = meeting.session.starts.toZonedDateTimeISO(zone).toPlainDate().toString();
    days.set(name, [...(days.get(name) ?? []), meeting]);
  }
  return [...days].map(([name, those]) => {
    const date = Temporal.PlainDate.from(name);
    return { date, ahead: today.until(date).days, meetings: those };
  });
}

/** Nothing is left out. */
export const isAnything = ({ kind, language, hours, voiceOnly, open }: Sought): boolean => !kind && !language && !hours && !voiceOnly && !open;

/** A name to begin with, which says nothing of anybody; she takes another or keeps it. */
export function aliasFor(names: readonly string[], chance: number): string {
  return names[Math.floor(chance * names.length)] ?? "";
}
