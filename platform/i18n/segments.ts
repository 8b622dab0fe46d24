import { SegmentedMessage } from "sms-segments-calculator";

/** In how many pieces a text travels, each paid for and each able to get lost: 160 characters of the GSM alphabet or 70 of any other, a little less in several. */
export const segmentsOf = (text: string): number => (text === "" ? 0 : new SegmentedMessage(text).segmentsCount);

const gsmSigns = new Map<string, boolean>();

/** Is this one sign of the GSM alphabet? Asked of the library once a sign, since reading a text costs it a millisecond. */
function isGsmSign(sign: string): boolean {
  let known = gsmSigns.get(sign);
  if (known === undefined) {
    if (gsmSigns.size > 5000) gsmSigns.clear();
    gsmSigns.set(sign, (known = new SegmentedMessage(sign).encodingName === "GSM-7"));
  }
  return known;
}

const isGsm = (text: string): boolean => [...text].every(isGsmSign);

/** Signs that the GSM alphabet lacks, as it writes them. */
const instead: Readonly<Record<string, string>> = { "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": "...", "·": "-", "•": "-", "\u00a0": " ", "\u202f": " ", "º": "o", "ª": "a" };

const plainSign = (sign: string): string => {
  if (isGsm(sign)) return sign;
  const letter = instead[sign] ?? sign.normalize("NFD").replace(/\p{M}/gu, "");
  return isGsm(letter) ? letter : sign;
};

/**
 * The same words in the GSM alphabet, where that can be: it knows é and ñ but not á, í, ó, ú, and one of those would halve what a text
 * can hold. A text in another script stays as it is.
 */
export function plainText(text: string): string {
  const composed = text.normalize("NFC");
  if (isGsm(composed)) return composed;
  const plain = [...composed].map(plainSign).join("");
  return isGsm(plain) ? plain : composed;
}

/** The beginning of a name, cut at a word where one ends near, with a full stop as of an abbreviation. */
export function shortName(name: string, length: number): string {
  const signs = [...name.trim().replace(/\s+/g, " ")];
  if (signs.length <= length) return signs.join("");
  const cut = signs.slice(0, length - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.&-]+$/, "")}.`;
}

const lengths = [80, 60, 48, 40, 34, 28, 24, 20, 16, 12, 8];

/** A text with names in it that fits into so many segments: the names are shortened together, and nothing else. Undefined: not even so. */
export function fitNames(names: readonly string[], make: (names: readonly string[]) => string, most: number): string | undefined {
  for (const length of lengths) {
    const text = plainText(make(names.map((name) => shortName(name, length))));
    if (segmentsOf(text) <= most) return text;
  }
  return undefined;
}
