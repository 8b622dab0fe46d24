import type { Language } from "../../platform/i18n/words.ts";
import { countriesByName, isCountry } from "./rules.ts";
import type { Country } from "./types.ts";

// The numbers are facts in a file, so these reads need no database and no scope: they are the same for everyone.
export { careCardFor, parentLinesFor } from "./in-words/rules.ts";
export { allEmergencies, allLines, emergencySource, helpFor, isEmergencyNumber, lineOfTheCard } from "./rules.ts";

/** The country as a page may use it: one that we hold numbers of, or none. */
export const knownCountry = (country: string | undefined): Country | undefined => (isCountry(country) ? country : undefined);

/** Every country for a list to choose from: code and name, in the order of the names. */
export const countryChoices = (language: Language): readonly (readonly [code: string, name: string])[] => countriesByName(language).map(({ country, name }) => [country, name]);
