import { languageName } from "../../../../platform/i18n/names.ts";
import { acceptingAt, isOver, markOf } from "../../claims/now/rules.ts";
import { isTerm, type Term } from "../../taxonomy/rules.ts";
import type { Accepting, Card, Dial, Ending, Kind } from "../../types.ts";
import { homeOf, usesMiles } from "../asks/rules.ts";
import { endingOf } from "../rules.ts";
import type { PocketListing } from "../types.ts";
import type en from "../words/en.json";

/*
 * What a card says, in words. This file also runs on parents' phones: it is handed the sentences, and they have no plurals in them.
 */

export type CardKey = Extract<keyof typeof en, `card${string}`>;
export type Speech = {
  readonly language: "en" | "es";
  readonly t: (key: CardKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly term: (term: Term) => string;
};

const locale = { en: "en-US", es: "es-419" } as const;

/** "May 3", with the year when that is another. */
export function dayOf(ms: number, zone: string, language: "en" | "es", now: number): string {
  const year = (at: number) => new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric" }).format(at);
  return new Intl.DateTimeFormat(locale[language], { timeZone: zone, month: "long", day: "numeric", ...(year(ms) === year(now) ? {} : { year: "numeric" }) }).format(ms);
}

/** A card without what is over by now. */
export function cardAt(card: Card, now: number): Card {
  const { street, ...rest } = card;
  const isSaid = (ending: Ending) => !isOver(card.until, ending, now);
  return { ...rest, ...(street && isSaid("a") ? { street } : {}), terms: card.terms.filter((term) => isSaid(endingOf(term))), languages: isSaid("l") ? card.languages : [] };
}

export type When = { readonly now: number; readonly zone: string };

const checked: Partial<Record<NonNullable<Card["checkedHow"]>, CardKey>> = { call: "cardCheckedByCall", owner_link: "cardCheckedByOwner", owner_text: "cardCheckedByOwner", web_page: "cardCheckedOnPage" };

/** How sure we are of a listing: when it was checked and how, or plainly that it was not. */
export function markText(listing: Pick<PocketListing, "verifiedAt" | "freshUntil" | "sinksAt" | "hiddenAt" | "inDoubt" | "card">, { now, zone }: When, { t, language }: Speech): string {
  const mark = markOf(listing, listing.inDoubt, now);
  const day = listing.verifiedAt === undefined ? "" : dayOf(listing.verifiedAt, zone, language, now);
  if (mark === "in_doubt") return t("cardInDoubt");
  if (mark === "unconfirmed") return t("cardUnconfirmed");
  return mark === "expired" ? t("cardExpired", { day }) : t(checked[listing.card.checkedHow ?? "call"] ?? "cardCheckedByCall", { day });
}

const rooms = { yes: "cardRoomYes", no: "cardRoomNo", waitlist: "cardRoomWaitlist", unknown: "cardRoomUnknown" } as const satisfies Record<Accepting | "unknown", CardKey>;

export type Room = { readonly says: Accepting | "unknown"; readonly words: string };

/** Whether they have room, as it may honestly be said, or that they are closed for a time; undefined for a line, which has no places to give. */
export function roomOf({ kind, accepting, acceptingUntil, card }: PocketListing, { now }: When, { t }: Speech): Room | undefined {
  if (card.closedForNow) return { says: "no", words: t("cardClosedForNow") };
  if (kind === "crisis_line" || kind === "warmline") return undefined;
  const says = acceptingAt(accepting, acceptingUntil, now);
  const wait = card.waitDays !== undefined && now < (card.waitUntil ?? 0) && card.waitDays > 0 ? card.waitDays : undefined;
  const words = t(rooms[says]);
  return { says, words: wait === undefined || says === "unknown" ? words : `${words}. ${t("cardWait", { days: wait })}` };
}

/** "about 12 miles", in her country's measure. */
export function awayText(metres: number, country: string, { t }: Speech): string {
  const miles = usesMiles(country);
  const away = Math.round(metres / (miles ? 1609.344 : 1000));
  if (away < 1) return t(miles ? "cardUnderMile" : "cardUnderKm");
  return away === 1 && miles ? t("cardOneMile") : t(miles ? "cardMiles" : "cardKm", { count: away });
}

/** A language as the reader's own names it, with a capital letter. */
export function languageWord(code: string, language: "en" | "es"): string {
  const name = languageName(code, language);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

export const languageNames = (codes: readonly string[], language: "en" | "es"): string => codes.map((code) => languageWord(code, language)).sort(new Intl.Collator(language).compare).join(", ");

const kindKeys = { crisis_line: "cardKindCrisisLine", warmline: "cardKindWarmline", group: "cardKindGroup", provider: "cardKindProvider", resource: "cardKindResource" } as const satisfies Record<Kind, CardKey>;

const inGroup = (terms: readonly string[], ...letters: string[]): Term[] => terms.filter((term): term is Term => isTerm(term) && letters.includes(term[0] ?? ""));

/** What it is and for whom: "Support group · Fathers · After a loss". */
export const whatText = ({ kind, card }: PocketListing, { t, term }: Speech): string => [t(kindKeys[kind]), ...inGroup(card.terms, "w").slice(0, 3).map(term)].join(" · ");

/** How, in which language and for how much: "Video · Free · English, Spanish". */
export const howText = ({ card }: PocketListing, { term, language }: Speech): string => [...inGroup(card.terms, "t").map(term), ...inGroup(card.terms, "c").map(term), ...(card.languages.length > 0 ? [languageNames(card.languages, language)] : [])].join(" · ");

/** What else its terms say. */
export const moreTerms = ({ card }: PocketListing, { term }: Speech): readonly string[] => [...inGroup(card.terms, "w").slice(3), ...inGroup(card.terms, "s", "i", "p")].map(term);

/** A short code means something else, or nothing, across a border; the territories of the United States are within. */
export const mayDial = (dial: Dial | undefined, country: string): dial is Dial => dial !== undefined && (dial.kind === "e164" || homeOf(dial.country).country === homeOf(country).country);

/** As a phone dials it (RFC 3966); `extension` is dialled after a pause. */
export const telTo = ({ dial }: Dial, extension?: string): string => `tel:${dial.replace(/[^\d+*#]/g, "")}${extension && /^\d+$/.test(extension) ? `;ext=${extension}` : ""}`;
export const smsTo = ({ dial }: Dial): string => `sms:${dial.replace(/[^\d+]/g, "")}`;

/** Keeps a number on one line. */
export const unbroken = (number: string): string => number.replaceAll(" ", "\u00a0").replaceAll("-", "\u2011");
