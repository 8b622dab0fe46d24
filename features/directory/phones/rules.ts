import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";
import type { Dial } from "../types.ts";
import refused from "./data/refused-numbers.json" with { type: "json" };
import shortCodes from "./data/short-codes.json" with { type: "json" };

const codesBy = new Map<string, Set<string>>(Object.entries(shortCodes.codes).map(([country, codes]) => [country, new Set(codes.split(" "))]));
for (const { country, code } of shortCodes.added) codesBy.set(country, (codesBy.get(country) ?? new Set()).add(code));

/** Is it a short code of this country? It means nothing, or something else, in any other. Australia's 13 numbers cannot be called from abroad either (ACMA numbering plan); 112 is an emergency call on a mobile phone anywhere (3GPP TS 22.101, 10.1). */
const isShortCode = (digits: string, country: string): boolean =>
  codesBy.get(country)?.has(digits) === true || (country === "AU" && /^13\d{4}$/.test(digits)) || (digits === "112" && /^[A-Z]{2}$/.test(country));

/** Letters on the keys of a phone (ITU-T E.161). */
const keys: readonly (readonly [RegExp, string])[] = [[/[abc]/gi, "2"], [/[def]/gi, "3"], [/[ghi]/gi, "4"], [/[jkl]/gi, "5"], [/[mno]/gi, "6"], [/[pqrs]/gi, "7"], [/[tuv]/gi, "8"], [/[wxyz]/gi, "9"]];
const onKeys = (text: string): string => keys.reduce((digits, [letters, digit]) => digits.replace(letters, digit), text);

/** A prefix in digits, then words: "1-833-TLC-MAMA", "1300 MH CALL". Not "305-555-0134 or write". */
const vanity = /^\+?(?:1[\s.-]*)?\(?\d{3,4}\)?[\s.-]*(?=(?:[\s.-]*\d)*[\s.-]*[a-z]{2})(?:[a-z\d][\s.-]?){6,14}$/i;
const extension = /[\s,;]*(?:(?<![a-z])(?:extension|extensión|extn?|anexo|interno|x)[.:=]*|#)\s*(\d{1,7})\s*$/i;
const before = /^\s*(?:telephone|teléfono|phone|call|tel|ph|tty|text|sms|fax)\b[.:]?\s*/i;
/** "(main)" behind a number, or the same number once more. */
const behind = /\s*\([^)\d]*\)\s*$|(?<=(?:[a-z\d][\s.-]?){7})\s*\([^)]*\)\s*$/i;

/** "(305) 555-0134 ext. 12" is a number and its extension, in digits. */
export function numberParts(text: string): { readonly number: string; readonly extension: string | undefined } {
  const plain = text.normalize("NFKC").replace(/[‐-―−]/g, "-").replace(behind, "").replace(before, "").trim();
  const found = extension.exec(plain);
  return found ? { number: plain.slice(0, found.index).replace(behind, "").trim(), extension: found[1] } : { number: plain, extension: undefined };
}

const northAmerica = "1";
const callingCodeOf = (country: string): string | undefined => (isSupportedCountry(country) ? getCountryCallingCode(country) : undefined);

/** The number without words around it, letters as the keys they are on. North American numbers end after ten digits, however long the word. */
function plainOf(text: string, country: string): string {
  const { number } = numberParts(text);
  if (!vanity.test(number)) return number;
  const digits = onKeys(number).replace(/[^\d+]/g, "");
  if (callingCodeOf(country) !== northAmerica) return digits;
  return digits.startsWith("+1") ? digits.slice(0, 12) : digits.slice(0, digits.startsWith("1") ? 11 : 10);
}

const onlyDigits = /^[\d\s.()/-]+$/;

/** A short code as it is dialled, also of one that somebody wrongly gave a country's calling code; undefined: it is none of this country. */
function shortCodeOf(plain: string, country: string): string | undefined {
  const local = plain.replace(new RegExp(`^(?:\\+|00)\\s?${callingCodeOf(country) ?? "-"}`), "");
  if (!onlyDigits.test(local)) return undefined;
  const digits = local.replace(/\D/g, "");
  return isShortCode(digits, country) ? digits : undefined;
}

const shownShort = (code: string): string => (/^116\d{3}$/.test(code) ? `116 ${code.slice(3)}` : /^13\d{4}$/.test(code) ? `${code.slice(0, 2)} ${code.slice(2, 4)} ${code.slice(4)}` : code);

/**
 * How a number is dialled, of a listing in `country` (two letters, ISO 3166; undefined: only a number with its "+" can be understood).
 * A short code stays one, and works in that country alone. Letters become digits. Extensions are left to `numberParts`.
 * Undefined: it is no number that anybody can dial, or one that `refusedNumber` knows.
 */
export function dialOf(text: string, country: string | undefined): Dial | undefined {
  const home = country?.trim().toUpperCase() ?? "";
  if (refusedNumber(text, home)) return undefined;
  const plain = plainOf(text, home);
  const code = shortCodeOf(plain, home);
  if (code !== undefined) return { kind: "short", dial: code, shown: shownShort(code), country: home };
  const parsed = parsePhoneNumberFromString(plain, isSupportedCountry(home) ? { defaultCountry: home as CountryCode } : {});
  if (!parsed?.isValid()) return undefined;
  const own = parsed.countryCallingCode === callingCodeOf(home);
  // A toll-free number belongs to no one country of North America: it is the listing's own.
  const place = own && (parsed.country === undefined || parsed.getType() === "TOLL_FREE") ? home : parsed.country;
  if (place === undefined) return undefined;
  return { kind: "e164", dial: parsed.number, shown: own ? nationally(parsed.formatNational(), parsed.countryCallingCode) : parsed.formatInternational(), country: place };
}

/** North Americans write 305-555-0134. */
const nationally = (shown: string, callingCode: string): string => (callingCode === northAmerica ? shown.replace(/^\((\d{3})\)\s*/, "$1-") : shown);

/** A number that is known to be dead, replaced, or an advertiser's: it is never brought in, in whatever way it is written. */
export function refusedNumber(text: string, country: string | undefined): { readonly replacedBy?: string; readonly why: string } | undefined {
  const home = country?.trim().toUpperCase() ?? "";
  for (const place of new Set([home, "US"])) {
    const written = plainOf(text, place).replace(/\D/g, "");
    const found = refusedBy.get(written) ?? refusedBy.get(`${home} ${written}`);
    if (found) return { ...(found.replacedBy ? { replacedBy: found.replacedBy } : {}), why: found.why };
  }
  return undefined;
}

/** Is `dial` how the number written beside it is dialled, and none that is never brought in? Of what another program says of a number in `country`. */
export function isDialOf(dial: string, written: string, country: string): boolean {
  if (refusedNumber(dial, country) || refusedNumber(written, country)) return false;
  const digits = written.replace(/\D/g, "");
  return [digits, `+${digits}`, `+${callingCodeOf(country) ?? ""}${digits}`].includes(dial) || dialOf(written, country)?.dial === dial;
}

/** In all ways in which such a number is written: with or without the calling code or the trunk's zero. A short code is the same only in its own country. */
function waysOf({ number, country }: (typeof refused.rows)[number]): readonly string[] {
  if (number.length <= 6) return [`${country} ${number}`];
  const code = callingCodeOf(country) ?? "";
  return [number, `${code}${number}`, `00${code}${number}`, `011${code}${number}`];
}
const refusedBy = new Map(refused.rows.toReversed().flatMap((row) => waysOf(row).map((way) => [way, row])));
