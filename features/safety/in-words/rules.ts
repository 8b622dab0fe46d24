import { weekdayName } from "../../../platform/time/time.ts";
import { languageName } from "../../../platform/i18n/names.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { CareCardContent } from "../../../platform/ui/care-card.tsx";
import type { LineShown } from "../../../platform/ui/lines.tsx";
import { lineOfTheCard, smsHref, telHref, textOf } from "../rules.ts";
import type { Help, Line, LineHours } from "../types.ts";
import { say } from "../words.ts";


/**
 * The emergency card, in words.
 * When to call: postpartum.net, "Postpartum psychosis" (signs), and PSI's own helpline greeting (danger to self or baby).
 */
export function careCard(language: Language, help: Help): CareCardContent {
  const t = say(language);
  const line = lineOfTheCard(help);
  const number = help.emergency.ambulance[0] ?? "112";
  const text = line ? textOf(line, language) : undefined;
  const call = (to: string) => ({ label: t("call", { number: unbroken(to) }), href: telHref(to) });
  return {
    title: line ? t("careTitleTwo", { crisis: unbroken(line.phone), number }) : t("careTitleOne", { number }),
    reasons: [t("careHurt"), t("careHear"), t("careConfused"), t("careDanger")],
    acts: [...(line ? [call(line.phone)] : []), ...(text ? [textAct(text, language)] : []), ...help.emergency.ambulance.map(call)],
  };
}

/** Lines for parents of this whole country in words that are ready to show; where there are none, those that help anywhere. */
export function parentLines(language: Language, help: Help): readonly LineShown[] {
  const anywhere = help.elsewhere.filter(({ kind }) => kind !== "crisis");
  const here = help.parents.filter(({ region }) => region === undefined);
  return (here.length > 0 ? here : anywhere).map((line) => shownLine(line, language, help));
}

/** One line in words. What is not yet sure is said quietly, and for a crisis line with what to do instead. */
export function shownLine(line: Line, language: Language, help: Help): LineShown {
  const t = say(language);
  const text = textOf(line, language);
  const reachable = line.phone !== undefined || text !== undefined;
  const hours = line.hours === undefined ? (reachable ? t("hoursUnknown") : "") : line.hours === "always" ? (reachable ? t("hoursAlways") : "") : hoursInWords(line.hours, language);
  const number = help.emergency.ambulance[0] ?? "112";
  const aside = line.confidence === "high" ? undefined : line.kind === "crisis" ? t("unconfirmedCrisis", { number }) : t("unconfirmed");
  return {
    name: line.name,
    ...(line.region ? { where: t(`region${line.region}` as "regionWA") } : {}),
    facts: [line.note ? t(line.note) : "", hours, languagesInWords(line, language)].filter(Boolean),
    ...(aside ? { aside } : {}),
    acts: [...(line.phone ? [{ label: t("call", { number: unbroken(line.phone) }), href: telHref(line.phone) }] : []), ...(text ? [textAct(text, language)] : [])],
    ...(line.url ? { site: { label: new URL(line.url).hostname.replace(/^www\./, ""), href: line.url } } : {}),
  };
}

/** A phone number never breaks over two lines. */
const unbroken = (number: string): string => number.replaceAll(" ", "\u00a0");

function textAct(text: { to: string; word?: string }, language: Language): { label: string; href: string } {
  const t = say(language);
  return { label: text.word ? t("textWord", { word: text.word, number: unbroken(text.to) }) : t("text", { number: unbroken(text.to) }), href: smsHref(text) };
}

/** "In English and Spanish." Names of languages are written as the reader writes them. */
function languagesInWords({ languages, interpreters }: Line, language: Language): string {
  const t = say(language);
  if (languages.length === 0) return interpreters ? t("interpretersOnly") : "";
  const listed = languages.map((code) => languageName(code, language));
  if (interpreters) return t("languagesMore", { languages: listed.join(", ") });
  return t("languagesIn", { languages: new Intl.ListFormat(language, { type: "conjunction" }).format(listed) });
}

/** "Monday to Friday, 9:00 AM to 5:00 PM (local time)." */
function hoursInWords(hours: readonly LineHours[], language: Language): string {
  const t = say(language);
  const locale = language === "es" ? "es-419" : "en-US";
  const dayName = (day: number) => weekdayName(day, language);
  const time = (at: string) => Temporal.PlainTime.from(at).toLocaleString(locale, { hour: "numeric", minute: "2-digit" });
  const days = ([first, last]: readonly [number, number]) =>
    first === last ? dayName(first) : first === 1 && last === 7 ? t("everyDay") : t(last === first + 1 ? "daysBoth" : "daysTo", { first: dayName(first), last: dayName(last) });
  const spans = hours.map((span) => t("hoursSpan", { days: days(span.days), from: time(span.from), to: time(span.to) }));
  const sentence = spans.join("; ");
  return t("hoursLocal", { spans: sentence.charAt(0).toUpperCase() + sentence.slice(1) });
}

