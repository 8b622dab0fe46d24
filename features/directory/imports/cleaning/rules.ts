import { isUri } from "../../hsds/rules.ts";
import { plainName } from "../../places/rules.ts";
import languageData from "./data/languages.json" with { type: "json" };
import states from "./data/states.json" with { type: "json" };

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", hellip: "…", bull: "•", middot: "·", aacute: "á", eacute: "é", iacute: "í", oacute: "ó", uacute: "ú", ntilde: "ñ", uuml: "ü", Aacute: "Á", Eacute: "É", Ntilde: "Ñ", reg: "®", trade: "™", copy: "©", frac12: "½" };

/** UTF-8 that was once read as code page 437 or 1252 and then lost what ASCII does not have. */
const misread: readonly (readonly [RegExp, string])[] = [
  [/(?:GÇ|â€)(?:Ö|™)/g, "’"],
  [/(?:GÇ|â€)(?:ÿ|˜)/g, "‘"],
  [/(?:GÇ|â€)(?:£|œ)/g, "“"],
  [/GÇ¥|â€\u009d/g, "”"],
  [/(?:GÇ|â€)(?:ô|“)/g, "–"],
  [/(?:GÇ|â€)(?:ö|”)/g, "—"],
  [/GÇæ/g, "‑"],
  [/(?:GÇ|â€)(?:ª|¦)/g, "…"],
  [/(?:GÇ|â€)(?:ó|¢)/g, "•"],
  [/GÇï|\u200b/g, ""],
  [/\+¦/g, "ñ"],
  [/Â\u00a0|\u00a0/g, " "],
];

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+\d*));/gi, (all: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? all;
    const point = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
    return point > 31 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : " ";
  });

const tags = /<(\/?)(p|br|b|i|u|strong|em|ul|ol|li|div|span|a|font|h[1-6]|table|tr|td)\b[^<>]*>/gi;
const breaks = new Set(["p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6"]);

/** Once over; some exports are wrapped twice. */
const washed = (text: string): string =>
  misread
    .reduce((so, [wrong, right]) => so.replace(wrong, right), decoded(text))
    .replace(tags, (_all, _end: string, name: string) => (breaks.has(name.toLowerCase()) ? "\n" : ""))
    .replace(/\\r\\n|\\[rn]/g, "\n")
    .replace(/\\t/g, " ")
    // Marks that one county's export leaves in its texts: ###MON###.
    .replace(/#{0,3}\b[A-Z]{3,10}#{2,3}/g, "")
    .replace(/\r\n?/g, "\n")
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
    .replace(/[ \t]+(?=\n|$)/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

// Most cells hold nothing of the kind.
// oxlint-disable-next-line no-control-regex
const suspicious = /[&\\<\u0000-\u001f\u007f\u00a0\u200b]|##|GÇ|â€|\+¦|Â/;

/** A text as people may read it: HTML, escapes and the marks of other programs taken out. Reading it again changes nothing. */
export function cleanText(text: string): string {
  let so = text.trim();
  if (!suspicious.test(so)) return so;
  for (let turn = 0; turn < 5; turn++) {
    const next = washed(so);
    if (next === so) break;
    so = next;
  }
  return so;
}

/** A web address that can be followed, of what people write ("www.example.org", "Example.org/help;"); undefined: it is none. */
export function mendUrl(text: string): string | undefined {
  const first = text.trim().replaceAll("\\", "/").split(/[\s,;|]+/)[0] ?? "";
  const plain = first.replace(/[.)\]>]+$/, "").replace(/^[(<[]+/, "");
  if (plain === "" || plain.includes("@")) return undefined;
  const scheme = /^(https?):?\/{1,3}(?=[^/])/i.exec(plain);
  const whole = scheme ? `${scheme[1]?.toLowerCase()}://${plain.slice(scheme[0].length)}` : /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/:?#].*)?$/i.test(plain) ? `https://${plain.replace(/^www\./i, "www.")}` : plain;
  const encoded = whole.replace(/[^\u0021-\u007e]/g, (letter) => encodeURIComponent(letter));
  return /^https?:\/\/[^/]+\.[a-z]{2,}/i.test(encoded) && isUri(encoded) ? encoded : undefined;
}

const mailbox = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

/** An e-mail address out of what people write; undefined: it is none. */
export function mendEmail(text: string): string | undefined {
  const some = text.trim().split(/[\s,;|]+/).map((one) => one.replace(/^<?(mailto:)?/i, "").replace(/[>.)]+$/, ""));
  return some.find((one) => mailbox.test(one));
}

/** "9:00am", "9 a.m.", "17:30": wall time as HH:MM[:SS]. "8:00" alone is taken as written. Undefined: it is none. */
export function timeOf(text: string): string | undefined {
  const plain = text.trim().toLowerCase().replace(/\s+/g, "");
  if (/^(noon|mediod[ií]a)$/.test(plain)) return "12:00";
  if (/^(midnight|medianoche)$/.test(plain)) return "00:00";
  const found = /^(\d{1,2})(?::?(\d{2}))?(?::(\d{2}))?(?:\.0+)?(a|p)?\.?(?:m\.?)?$/.exec(plain);
  if (!found || (found[2] === undefined && found[4] === undefined) || (found[4] === undefined && /m\.?$/.test(plain))) return undefined;
  const half = found[4];
  const hour = Number(found[1]);
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
  const [h, m, s] = [half === undefined ? hour : (hour % 12) + (half === "p" ? 12 : 0), Number(found[2] ?? 0), found[3]];
  if (h > 23 || m > 59 || Number(s ?? 0) > 59) return undefined;
  return `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}${s === undefined ? "" : `:${s}`}`;
}

/** '2019-05-31', also of "5/31/2019" (month first, as North American exports write it); undefined: no day of any calendar. */
export function dayOf(text: string): string | undefined {
  const plain = text.trim();
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s.*)?$/.exec(plain);
  const iso = american ? `${american[3]}-${american[1]?.padStart(2, "0")}-${american[2]?.padStart(2, "0")}` : /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(plain)?.[1];
  if (iso === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(iso, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** An instant, of what may be a day alone (its beginning in UTC); undefined: neither. */
export function momentOf(text: string): Temporal.Instant | undefined {
  const plain = text.trim();
  try {
    if (/[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/i.test(plain)) return Temporal.Instant.from(plain.replace(" ", "T"));
  } catch {
    return undefined;
  }
  const day = dayOf(plain);
  return day === undefined ? undefined : Temporal.PlainDate.from(day).toZonedDateTime("UTC").toInstant();
}

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];
const dayNames: readonly (readonly string[])[] = [
  ["monday", "mon", "mo", "lunes", "lun"],
  ["tuesday", "tues", "tue", "tu", "martes", "mar"],
  ["wednesday", "wed", "weds", "we", "miercoles", "mie"],
  ["thursday", "thurs", "thur", "thu", "th", "jueves", "jue"],
  ["friday", "fri", "fr", "viernes", "vie"],
  ["saturday", "sat", "sa", "sabado", "sab"],
  ["sunday", "sun", "su", "domingo", "dom"],
];

/** 'MO' of "Monday", "lunes" or 1 (HSDS 1.1: 1 is Monday); undefined: no day. */
export function weekdayOf(text: string): Weekday | undefined {
  const plain = plainName(text);
  const at = /^[1-7]$/.test(plain) ? Number(plain) - 1 : dayNames.findIndex((names) => names.includes(plain.replace(/s$/, "")) || names.includes(plain));
  return weekdays[at];
}

const codes = [...twoLetters(), ...languageData.threeLetters];

function twoLetters(): string[] {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  return letters.flatMap((a) => letters.map((b) => a + b));
}

/** What each language is called in English and in Spanish, and its code. */
const codeByName = new Map<string, string>();
for (const locale of ["en", "es"]) {
  const names = new Intl.DisplayNames(locale, { type: "language", fallback: "none" });
  for (const code of codes) {
    const name = plainName(names.of(code) ?? "");
    if (name !== "" && !codeByName.has(name)) codeByName.set(name, code);
  }
}
for (const [name, code] of Object.entries(languageData.also)) codeByName.set(name, code);
const knownCodes = new Set(codeByName.values());

/** The code of a language (ISO 639) by its name in English or Spanish, or of a code; undefined: no language that we know. */
export function languageCode(text: string): string | undefined {
  const plain = plainName(text.replace(/\([^)]*\)/g, " "));
  return codeByName.get(plain) ?? codeOf(plain);
}

/** 'en' of "en", "eng" and "en us". */
function codeOf(plain: string): string | undefined {
  const letters = /^([a-z]{2,3})( [a-z]{2,4})?$/.exec(plain)?.[1];
  if (letters === undefined) return undefined;
  const code = Intl.getCanonicalLocales(letters)[0] ?? letters;
  return knownCodes.has(code) ? code : undefined;
}

/** A cell that names several languages, each apart: "English and Spanish", "Inglés/Creole". */
export const languagesIn = (text: string): string[] =>
  text
    .split(/[,;/\n|]+|\.\s+|\s+(?:and|y|e|&)\s+/i)
    .map((one) => one.replace(/^(?:and|y)\s+/i, "").replace(/[.\s]+$/, "").trim())
    .filter((one) => one !== "");

const statuses: Readonly<Record<string, "active" | "inactive" | "defunct" | "temporarily closed">> = { active: "active", activo: "active", open: "active", inactive: "inactive", inactivo: "inactive", defunct: "defunct", closed: "defunct", cerrado: "defunct", "temporarily closed": "temporarily closed", "cerrado por ahora": "temporarily closed" };

export const statusOf = (text: string) => statuses[plainName(text)];

/** Codes that the runtime names and that are no country. */
const noCountry = new Set(["eu", "ez", "qo", "un", "xa", "xb", "zz"]);
const countryByName = new Map<string, string>();
for (const locale of ["en", "es"]) {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  for (const code of twoLetters()) {
    const name = plainName(names.of(code.toUpperCase()) ?? "");
    if (name !== "" && !noCountry.has(code) && !countryByName.has(name)) countryByName.set(name, code.toUpperCase());
  }
}
for (const [name, code] of [["usa", "US"], ["u s a", "US"], ["us", "US"], ["united states of america", "US"], ["ee uu", "US"], ["uk", "GB"], ["great britain", "GB"], ["england", "GB"]] as const) countryByName.set(name, code);

/** Two letters (ISO 3166) of a country's code or name; undefined: none that we know. */
export function countryOf(text: string): string | undefined {
  const plain = text.trim();
  return /^[A-Za-z]{2}$/.test(plain) && countryCodes.has(plain.toUpperCase()) ? plain.toUpperCase() : countryByName.get(plainName(plain));
}
const countryCodes = new Set(countryByName.values());

/** 'FL' of "Florida" in the United States; elsewhere as it is written. */
export const regionOf = (country: string, text: string): string => (country === "US" ? ((states as Readonly<Record<string, string>>)[plainName(text)] ?? (/^[a-z]{2}$/i.test(text.trim()) ? text.trim().toUpperCase() : text.trim())) : text.trim());

/** A number as cells hold them; undefined: none. */
export function numberOf(text: string): number | undefined {
  const plain = text.trim().replace(/^\$/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : undefined;
}
