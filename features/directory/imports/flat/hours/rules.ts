import { timeOf, weekdayOf, weekdays, type Weekday } from "../../cleaning/rules.ts";

/** Hours of some weekdays, as HSDS says them. */
export type Span = { readonly byday: string; readonly opensAt: string; readonly closesAt: string };

const dayWord = "[a-záéíóú]+\\.?";
const range = new RegExp(`^(${dayWord})(?:\\s*(?:-|–|to|a|through|thru|al?)\\s*(${dayWord}))?$`, "i");
const always = /^(24\s*\/\s*7|24 hours(,?\s*7 days( a week)?)?|always( open)?|todo el d[ií]a|las 24 horas|24 horas)$/i;

/** Weekdays out of "Mon-Fri", "lunes a viernes", "Tue, Thu", "daily"; undefined: not understood. */
export function daysIn(text: string): readonly Weekday[] | undefined {
  const plain = text.trim().replace(/[:,]+$/, "");
  if (/^(daily|every ?day|todos los d[ií]as|cada d[ií]a|7 days( a week)?)$/i.test(plain)) return weekdays;
  if (/^(weekdays|entre semana)$/i.test(plain)) return weekdays.slice(0, 5);
  if (/^(weekends?|fines? de semana)$/i.test(plain)) return weekdays.slice(5);
  const some = new Set<Weekday>();
  for (const part of plain.split(/\s*(?:,|&|\+|\band\b|\by\b|\be\b)\s*/i).filter(Boolean)) {
    const found = range.exec(part);
    const [from, to] = [weekdayOf(found?.[1] ?? ""), found?.[2] === undefined ? weekdayOf(found?.[1] ?? "") : weekdayOf(found[2])];
    if (!from || !to) return undefined;
    for (let at = weekdays.indexOf(from); ; at = (at + 1) % 7) {
      const day = weekdays[at];
      if (day) some.add(day);
      if (day === to) break;
    }
  }
  return some.size > 0 ? weekdays.filter((day) => some.has(day)) : undefined;
}

const timeWord = "\\d{1,2}(?::?\\d{2})?\\s*(?:[ap]\\.?\\s*m?\\.?)?|noon|midnight|mediod[ií]a|medianoche";
const spanAtEnd = new RegExp(`^(.*?)[\\s,:]*\\b(${timeWord})\\s*(?:-|–|to|a|until|hasta)\\s*(${timeWord})$`, "i");
const spanFirst = new RegExp(`^(${timeWord})\\s*(?:-|–|to|a|until|hasta)\\s*(${timeWord})[\\s,:]+(.*)$`, "i");

/** "9-5pm": the morning that the afternoon belongs to. */
function clockOf(text: string, other: string): string | undefined {
  const plain = text.replace(/\s+/g, "");
  if (/[apnm]/i.test(plain)) return timeOf(plain);
  const bare = /^\d{1,2}$/.test(plain) ? `${plain}:00` : plain;
  if (!/[ap]/i.test(other)) return timeOf(bare);
  const [am, pm] = [timeOf(`${bare}am`), timeOf(`${bare}pm`)];
  const end = timeOf(other.replace(/\s+/g, ""));
  if (!am || !pm || !end) return undefined;
  return pm < end ? pm : am;
}

/**
 * Hours in words, as schedules; undefined where any part is not understood: then the words are shown as they are, since half of them would say something else.
 * "Mon-Fri 9am-5pm; Sat 10-2pm", "lunes a viernes 9:00-17:00", "24/7".
 */
export function spansIn(text: string): readonly Span[] | undefined {
  const plain = text.trim();
  if (always.test(plain)) return [{ byday: weekdays.join(","), opensAt: "00:00", closesAt: "00:00" }];
  const spans: Span[] = [];
  for (const part of plain.split(/\s*[;\n|]\s*/).filter(Boolean)) {
    const end = spanAtEnd.exec(part);
    const first = end ? null : spanFirst.exec(part);
    const [days, from = "", to = ""] = end ? [end[1], end[2], end[3]] : first ? [first[3], first[1], first[2]] : [undefined];
    const on = days === undefined || days.trim() === "" ? undefined : daysIn(days);
    const [opensAt, closesAt] = [clockOf(from, to), clockOf(to, from)];
    if (!on || !opensAt || !closesAt) return undefined;
    spans.push({ byday: on.join(","), opensAt, closesAt });
  }
  return spans.length > 0 ? spans : undefined;
}
