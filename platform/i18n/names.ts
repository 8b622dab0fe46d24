import type { Language } from "./words.ts";

/** Spanish as it is spoken in the Americas. */
const locale: Readonly<Record<Language, string>> = { en: "en", es: "es-419" };

const kept = new Map<string, Intl.DisplayNames>();

function namesOf(type: "region" | "language", reader: Language): Intl.DisplayNames {
  const key = `${type} ${reader}`;
  let names = kept.get(key);
  if (!names) kept.set(key, (names = new Intl.DisplayNames(locale[reader], { type })));
  return names;
}

/** "United States", "Estados Unidos"; the code itself where it names no country. */
export function countryName(country: string, reader: Language): string {
  return namesOf("region", reader).of(country) ?? country;
}

/** Spoken here, and without a Spanish name in the runtime, which falls back to English and says nothing. */
const spokenHere: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ht: { en: "Haitian Creole", es: "criollo haitiano" },
  hmn: { en: "Hmong", es: "hmong" },
};

/** Any language (ISO 639) as the reader's own language names it ("español" in Spanish); what was given, where that is no code of one. */
export function languageName(code: string, reader: Language): string {
  const own = spokenHere[code]?.[reader];
  if (own) return own;
  try {
    return namesOf("language", reader).of(code) ?? code;
  } catch {
    return code;
  }
}
