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

/** "8:00 AM" in the reader's zone. */
export function clockTime(at: Instant, zone: string, language: Language): string {
  return at.toZonedDateTimeISO(zone).toLocaleString(locale[language], { hour: "numeric", minute: "2-digit" });
}

/** "Monday, November 23, 8:00 AM" in the reader's zone. */
export function dayAndTime(at: Instant, zone: string, language: Language): string {
  return at
    .toZonedDateTimeISO(zone)
    .toLocaleString(locale[language], { weekday: "long", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" });
}

/** "Pacific Time": the zone named as people name it. */
export function zoneName(zone: string, language: Language, at: Instant): string {
  const parts = new Intl.DateTimeFormat(locale[language], { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts(at.epochMilliseconds);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}
