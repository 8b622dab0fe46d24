import emergencyNumbers from "./data/emergency-numbers.json" with { type: "json" };
import helplines from "./data/helplines.json" with { type: "json" };
import { findByWords, plain } from "../../platform/i18n/finding.ts";
import { countryName } from "../../platform/i18n/names.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Country, Emergency, EmergencyRow, Help, Line, LineRow, Standing, Standings, TextTo } from "./types.ts";


const filed = helplines.rows as unknown as readonly LineRow[];
const emergencyRows = emergencyNumbers.rows as readonly EmergencyRow[];
const emergencies = new Map(emergencyRows.map((row) => [row.country, row]));

/** Every line and every country's emergency numbers as they came to us, for who keeps them true. */
export const allLines = (): readonly LineRow[] => filed;
export const allEmergencies = (): readonly EmergencyRow[] => emergencyRows;

/** Where the emergency numbers are from, and the day on which they were last compared. */
export const emergencySource = { source: emergencyNumbers.source, seenOn: "2026-11-23" } as const;

/** Is this what one dials there in an emergency, by either source? */
export function isEmergencyNumber(dial: string, country: string): boolean {
  const row = emergencies.get(country);
  return row !== undefined && [row.fallback, ...row.ambulance, ...row.police, ...row.fire, ...row.secondSource].includes(dial);
}

/** Every place that we hold numbers of, in order of its code. */
export const countries = [...emergencies.keys()] as Country[];

export const isCountry = (value: unknown): value is Country => typeof value === "string" && emergencies.has(value);

/**
 * The numbers of one country, or (undefined, unknown) those that work in most of the world. `lines`: as they stand; left out: as they came to us.
 * A line is shown in its own country alone, and where its operator says that it serves others:
 * a short code means something else, or nothing, across a border.
 */
export function helpFor(country: string | undefined, lines: readonly LineRow[] = filed): Help {
  const known = isCountry(country) ? country : undefined;
  const here = known ? lines.filter((line) => line.country === known || line.alsoIn?.includes(known)) : [];
  return {
    country: known,
    emergency: emergencyIn(known ? emergencies.get(known) : undefined),
    crisis: here.filter(({ kind }) => kind === "crisis").sort(surestFirst),
    parents: here.filter(({ kind }) => kind !== "crisis").sort(surestFirst),
    elsewhere: lines.filter((line) => line.country === "XX"),
  };
}

/**
 * The ambulance number that both sources name. Where they differ or name none: 112 or 911, which a mobile phone knows
 * as an emergency call anywhere (3GPP TS 22.101, 10.1). Police and fire where the second source knows the number too.
 */
function emergencyIn(row: EmergencyRow | undefined): Emergency {
  if (!row) return { ambulance: ["112"], certain: false, police: [], fire: [] };
  const agreed = row.confidence === "high" ? row.ambulance.filter((number) => row.agreedByBoth.includes(number)) : [];
  const certain = agreed.length > 0;
  const ambulance = certain ? agreed.slice(0, 2) : [...new Set([row.fallback, "112"])];
  const other = (numbers: readonly string[]) => numbers.filter((number) => row.secondSource.includes(number) && !ambulance.includes(number)).slice(0, 2);
  return { ambulance, certain, police: other(row.police), fire: other(row.fire) };
}

const digits = (number: string): string => number.replace(/\D/g, "");

/** Our lines as they stand now: those that are gone are left out, and so is every number that no longer stands under a line. */
export const linesAsTheyStand = (standings: Standings): readonly LineRow[] => filed.flatMap((line) => asItStands(line, standings.get(line)) ?? []);

/** One of them. A changed number to call takes the old one's place; a line that nobody can reach any more is none. */
export function asItStands(line: LineRow, standing: Standing | undefined): LineRow | undefined {
  if (!standing) return line;
  const stands = (number: string) => standing.numbers.some((one) => digits(one) === digits(number));
  const { phone, text, textIn, confidence, ...rest } = line;
  const call = phone === undefined || stands(phone) ? phone : standing.call;
  const textHere = text && stands(text.to) ? text : undefined;
  const textsIn = Object.entries(textIn ?? {}).filter(([, { to }]) => stands(to));
  const hadNumbers = phone !== undefined || text !== undefined;
  if (standing.gone || (hadNumbers && call === undefined && textHere === undefined && textsIn.length === 0)) return undefined;
  return {
    ...rest,
    ...(call === undefined ? {} : { phone: call }),
    ...(textHere ? { text: textHere } : {}),
    ...(textsIn.length > 0 ? { textIn: Object.fromEntries(textsIn) } : {}),
    // Two people without an answer are not enough to take a crisis line away; but what to do instead is said beside it.
    confidence: standing.doubted && confidence === "high" ? "medium" : confidence,
  };
}

const weight = { high: 0, medium: 1, low: 2 } as const;

/** Lines for the whole country before those of one part, surer before less sure, then as in the list. */
function surestFirst(a: Line, b: Line): number {
  return Number(a.region !== undefined) - Number(b.region !== undefined) || weight[a.confidence] - weight[b.confidence];
}

/** The one crisis line of the emergency card: for the whole country, by phone, at any hour, and not from a lone old mention. */
export function lineOfTheCard(help: Help): (Line & { phone: string }) | undefined {
  return help.crisis.find((line): line is Line & { phone: string } => line.phone !== undefined && line.hours === "always" && line.region === undefined && line.confidence !== "low");
}

/** Where to text this line in this language. */
export const textOf = (line: Line, language: Language): TextTo | undefined => line.textIn?.[language] ?? line.text;

/** Short codes and numbers as a phone dials them. */
export const telHref = (number: string): string => `tel:${number.replace(/[^\d+*#]/g, "")}`;

/** Opens a text message, with its first word where one is needed (RFC 5724). */
export const smsHref = ({ to, word }: TextTo): string => `sms:${to.replace(/[^\d+]/g, "")}${word ? `?body=${encodeURIComponent(word)}` : ""}`;

export type NamedCountry = { readonly country: Country; readonly name: string; readonly find: string };

/** Every country by its name in this language, in that language's order; `find` holds its names in both. */
export function countriesByName(language: Language): readonly NamedCountry[] {
  const order = new Intl.Collator(language);
  return countries
    .map((country) => ({ country, name: countryName(country, language), find: wordsOf(country) }))
    .sort((a, b) => order.compare(a.name, b.name));
}

/** Each word of its names in both languages, once, with its code and what else people call it. */
const wordsOf = (country: Country): string =>
  [...new Set(plain(`${countryName(country, "en")} ${countryName(country, "es")} ${country} ${otherNames[country] ?? ""}`).split(" "))].join(" ");

/** Names that people type and the lists do not use. */
const otherNames: Record<string, string> = {
  AE: "uae dubai eau",
  CI: "ivory coast costa de marfil",
  CZ: "czech republic republica checa",
  GB: "uk great britain england scotland wales northern ireland inglaterra escocia gales",
  KR: "korea corea",
  MM: "burma birmania",
  NL: "holland holanda",
  TR: "turkey",
  US: "usa america eeuu ee uu",
  VA: "holy see",
};

/** Countries whose name, in either language, has a word that begins with each word typed. */
export const findCountries = (typed: string, among: readonly NamedCountry[]): readonly NamedCountry[] => findByWords(typed, among);
