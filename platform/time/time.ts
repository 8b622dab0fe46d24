import type { Language } from "../i18n/words.ts";

export type Instant = Temporal.Instant;

/** The one place the wall clock is read; tests hand in their own. */
export type Clock = () => Instant;
export const wallClock: Clock = () => Temporal.Now.instant();

export const secondsBetween = (from: Instant, to: Instant): number => (to.epochMilliseconds - from.epochMilliseconds) / 1000;
export const minutesBetween = (from: Instant, to: Instant): number => secondsBetween(from, to) / 60;

export const isBefore = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) < 0;

/** True for a zone that this runtime's time-zone database knows. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

const locale: Record<Language, string> = { en: "en-US", es: "es-419" };

const clock = { hour: "numeric", minute: "2-digit" } as const;
const day = { year: "numeric", month: "long", day: "numeric" } as const;
const dayAndClock = { weekday: "long", month: "long", day: "numeric", ...clock } as const;

const shapes = { clock, day, dayAndClock } as const;

// Making a format costs a hundred times more than using it, and a page of a conversation uses one for every line.
const formats = new Map<string, Intl.DateTimeFormat>();
const mostFormats = 500;

function formatOf(kind: keyof typeof shapes, zone: string, language: Language): Intl.DateTimeFormat {
  const name = `${kind} ${zone} ${language}`;
  let format = formats.get(name);
  if (format) return format;
  // Zones come from people's browsers; an invented spelling must not fill the memory.
  if (formats.size >= mostFormats) formats.clear();
  formats.set(name, (format = new Intl.DateTimeFormat(locale[language], { ...shapes[kind], timeZone: zone })));
  return format;
}

/** "8:00 AM" in the reader's zone. */
export const clockTime = (at: Instant, zone: string, language: Language): string => formatOf("clock", zone, language).format(at.epochMilliseconds);

/** "Monday, November 23, 8:00 AM" in the reader's zone. */
export const dayAndTime = (at: Instant, zone: string, language: Language): string => formatOf("dayAndClock", zone, language).format(at.epochMilliseconds);

/** "May 3, 2026" in the reader's zone. */
export const dayInWords = (at: Instant, zone: string, language: Language): string => formatOf("day", zone, language).format(at.epochMilliseconds);

/** "Pacific Time": the zone named as people name it. */
export function zoneName(zone: string, language: Language, at: Instant): string {
  const parts = new Intl.DateTimeFormat(locale[language], { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts(at.epochMilliseconds);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** "Tuesday, December 1": a day of the calendar, in no zone. */
export const dayLong = (date: Temporal.PlainDate, language: Language): string => date.toLocaleString(locale[language], { weekday: "long", month: "long", day: "numeric" });

/** "7:00 PM": a time of the wall clock, in no zone. */
export const clockOf = (at: Temporal.PlainTime, language: Language): string => at.toLocaleString(locale[language], clock);

/** "Tuesday", "martes"; 1 is Monday (ISO 8601). */
export const weekdayName = (weekday: number, language: Language): string => Temporal.PlainDate.from("2026-11-22").add({ days: weekday }).toLocaleString(locale[language], { weekday: "long" });
