import common from "./common-passwords.json" with { type: "json" };

/** What a guesser who knows this program would try first (SECURITY.md, "Ways in"). */
export const ofThisPlace = ["smallhours", "helpline", "warmline", "volunteer", "voluntaria", "facilitator", "facilitadora", "supervisor", "supervisora", "coordinator", "coordinadora", "peersupport", "postpartum", "posparto", "perinatal", "nightshift"];
const known: ReadonlySet<string> = new Set([...common.words.split(" "), ...ofThisPlace]);
const leastLetters = 12;
const mostLetters = 256;

const substitutes: Readonly<Record<string, string>> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "!": "i" };
const withoutMarks = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** The forms in which a guesser would have it: without spaces and marks, without trivial beginnings and endings, with figures read as letters. */
function guises(passphrase: string): string[] {
  const plain = passphrase.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
  const bare = plain.replace(/^[\P{L}]+|[\P{L}]+$/gu, "");
  const read = (text: string) => text.replace(/[013457@$!]/g, (sign) => substitutes[sign] ?? sign);
  // Figures or signs alone leave nothing between their endings: then they are judged as they stand.
  const all = [plain, ...[bare, read(plain), read(bare), read(plain).replace(/^[\P{L}]+|[\P{L}]+$/gu, "")].filter(Boolean)];
  return [...new Set(all.flatMap((guise) => [guise, withoutMarks(guise)]))];
}

/** Is it one thing over and over ("abcabcabcabc"), or a run along the alphabet or the figures? */
function isPattern(text: string): boolean {
  if (/^(.{1,6}?)\1+.{0,3}$/su.test(text)) return true;
  const steps = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  const turns = steps.slice(1).filter((code, index) => Math.abs(code - (steps[index] ?? 0)) > 1).length;
  return turns <= 2;
}

/** A known password, one said over and over, or two known ones in a row. */
function isKnown(text: string): boolean {
  if (known.has(text) || text.length < 4) return true;
  const unit = /^(.{3,}?)\1+$/su.exec(text)?.[1];
  if (unit && known.has(unit)) return true;
  for (let at = 4; at <= text.length - 4; at++) if (known.has(text.slice(0, at)) && known.has(text.slice(at))) return true;
  return false;
}

export type PassphraseProblem = "passphraseShort" | "passphraseLong" | "passphraseCommon" | "passphraseName";

/**
 * What is wrong with a new passphrase, if anything: 12 characters or more, any of them; not on the list of common
 * passwords in any easy guise; without her own names in it. After NIST SP 800-63B §3.1.1.2: no rule about kinds of characters.
 */
export function passphraseProblem(passphrase: string, names: readonly string[]): PassphraseProblem | undefined {
  const letters = [...passphrase.normalize("NFKC")].length;
  if (letters < leastLetters) return "passphraseShort";
  if (letters > mostLetters) return "passphraseLong";
  const forms = guises(passphrase);
  const own = names.flatMap((name) => withoutMarks(name.toLowerCase()).split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= 3);
  const spoken = new Set(withoutMarks(passphrase.toLowerCase()).split(/\P{L}+/u));
  // A short name counts as a word of its own only: "Ana" is no part of "mañana".
  if (own.some((part) => spoken.has(part) || (part.length >= 5 && forms.some((form) => form.includes(part))))) return "passphraseName";
  return forms.some((form) => isPattern(form) || isKnown(form)) ? "passphraseCommon" : undefined;
}
