import type { Language } from "../../platform/i18n/words.ts";
import type { CareCardContent } from "../../platform/ui/care-card.tsx";
import type { LineShown } from "../../platform/ui/lines.tsx";
import { careCard, parentLines } from "./in-words/rules.ts";
import { countriesByName, helpFor as helpFrom, isCountry } from "./rules.ts";
import { linesShown } from "./standing/commands.ts";
import type { Country, Help } from "./types.ts";

export { askedFor, type AskedFor } from "./on-call/queries.ts";
// The numbers are at hand in every process, so the reads below need no database and no scope: they are the same for everyone.
export { allEmergencies, allLines, emergencySource, isEmergencyNumber, lineOfTheCard } from "./rules.ts";

/** The numbers of one country as they stand now; where it is unknown, those that work in most of the world. */
export const helpFor = (country: string | undefined): Help => helpFrom(country, linesShown().lines);

/** The emergency card of a country, in words; 112 where the country is unknown. */
export const careCardFor = (language: Language, country: string | undefined): CareCardContent => careCard(language, helpFor(country));

/** Lines for parents of this whole country in words that are ready to show; where there are none, those that help anywhere. */
export const parentLinesFor = (language: Language, country: string | undefined): readonly LineShown[] => parentLines(language, helpFor(country));

/** Another text whenever any of the numbers is another: for answers that are kept. */
export const helpVersion = (): string => `lines ${linesShown().version}`;

/** The country as a page may use it: one that we hold numbers of, or none. */
export const knownCountry = (country: string | undefined): Country | undefined => (isCountry(country) ? country : undefined);

/** Every country for a list to choose from: code and name, in the order of the names. */
export const countryChoices = (language: Language): readonly (readonly [code: string, name: string])[] => countriesByName(language).map(({ country, name }) => [country, name]);

// What the words of a text may speak of, and how often that was right and wrong in what was tried.
export { read as readingOf } from "./signals/queries.ts";
export { measured as signalFigures } from "./signals/figures/rules.ts";

// How long the desk keeps what.
export { signalDays } from "./desk/rules.ts";
export { careDays, noteHours } from "./desk/care/rules.ts";

// The desk's answers to the features whose posts, groups and listings it decides about; each is asked by the house.
export { looksAt } from "./desk/looks/queries.ts";
export { decisionOf, decisionsOn, howMuchWaits, onTheDesk, standingOfMember } from "./desk/outcomes/queries.ts";
