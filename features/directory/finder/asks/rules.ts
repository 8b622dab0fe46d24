import { acceptingAt } from "../../claims/now/rules.ts";
import { kinds, type Point } from "../../types.ts";
import { anywhereIn, askFor, fold, kindFacet, type Ask, type Found } from "../rules.ts";
import type { Place, Town } from "../../places/types.ts";
import type { Group, PocketListing, Spot, Wish } from "../types.ts";

/** Five territories have country codes of their own, and are regions of the United States here: its postal codes, its telephone numbers, its lines. */
const territories: ReadonlySet<string> = new Set(["PR", "GU", "VI", "AS", "MP"]);

/** Under which country somebody's listings stand, and under which area: of PR it is US and US-PR, of MX twice MX. */
export const homeOf = (country: string): { readonly country: string; readonly area: string } => (territories.has(country) ? { country: "US", area: `US-${country}` } : { country, area: country });

/** Where people measure in miles (Unicode CLDR, measurement systems US and UK). */
const inMiles: ReadonlySet<string> = new Set(["US", "GB", "LR", "MM", "PR", "GU", "VI", "AS", "MP"]);
export const usesMiles = (country: string): boolean => inMiles.has(country);
export const metresOf = (reach: number, country: string): number => reach * (usesMiles(country) ? 1609.344 : 1000);

/** How far she can choose to look. */
export const reaches = (country: string): readonly number[] => (usesMiles(country) ? [10, 25, 50, 100] : [15, 40, 80, 160]);
export const usualReach = (country: string): number => reaches(country)[1] ?? 25;
const farthest = (country: string): number => reaches(country)[3] ?? 100;

/** Words that people type around what they mean. Folded, in both languages. */
const empty = new Set(
  "a an and any are at can do feel find for from get give hello help i im in is it like looking me my near need of on or please she some somebody someone that the them there they to want what where who we with you your al algo alguien ayuda ayudar busco como con cual cuando de del donde el en encontrar es esta estoy favor hay la las lo los me mi mis muy necesito o para pero por porque puede puedo que quien quiero se si siento soy su sus tengo un una uno unos y yo"
    .split(" ")
    .map(fold),
);

/** What of her sentence can be looked for: nothing of "I need help with", all of "anxiety". One word alone is taken as it is. */
export function wordsWanted(need: string): string {
  const words = need.split(/\s+/).filter(Boolean);
  const meant = words.filter((word) => !empty.has(fold(word.replace(/[^\p{L}\p{M}\p{N}]/gu, ""))));
  return meant.join(" ");
}

/** One try: what is asked of the listings, and how many are shown of it. */
export type Try = { readonly ask: Ask; readonly limit: number; readonly farther: boolean; readonly looser: boolean };

const most = 20;
const mostFarther = 5;

/** By the first letter: of each kind of facet, one will do. */
function facetsOf(facets: readonly string[]): string[][] {
  const kinds = new Map<string | undefined, string[]>();
  for (const facet of facets) kinds.set(facet[0], [...(kinds.get(facet[0]) ?? []), facet]);
  return [...kinds.values()];
}

/** What to try near her, one after the other until something is found: her words within her reach, then farther, then without her words. */
export function triesNear(wish: Wish, at: Point, country: string): readonly Try[] {
  const words = wordsWanted(wish.need);
  const rest = { facets: facetsOf(wish.facets), accepting: wish.room, near: at, country, whole: true };
  const within = metresOf(wish.reach, country);
  const far = metresOf(farthest(country), country);
  const all: Try[] = [{ ask: askFor(words, { ...rest, within }), limit: most, farther: false, looser: false }];
  if (far > within) all.push({ ask: askFor(words, { ...rest, within: far }), limit: mostFarther, farther: true, looser: false });
  if (words !== "") all.push({ ask: askFor("", { ...rest, within }), limit: most, farther: false, looser: true });
  return all;
}

/** All of her country, her own territory where she lives in one, and the region that she named. */
export function areasAround(spot: Pick<Spot, "area"> | undefined, from: string): readonly string[] {
  const { country, area } = homeOf(from);
  return [...new Set([country, area, ...(spot ? [spot.area] : [])])];
}

/**
 * What to try among those that can be had from anywhere. Lines have no room to say anything of, so that is asked of each alone.
 * The numbers for danger stand on every page, from a list of our own; crisis lines are found here by whoever types for one.
 */
export function triesAnywhere(wish: Wish, areas: readonly string[], country: string): readonly Try[] {
  const words = wordsWanted(wish.need);
  const calm = kinds.filter((kind) => kind !== "crisis_line").map(kindFacet);
  const rest = { facets: [...facetsOf(wish.facets), areas.map(anywhereIn)], accepting: false, near: undefined, within: undefined, country, whole: true };
  const said = { ask: askFor(words, rest), limit: most, farther: false, looser: false };
  const unsaid = { ask: askFor("", { ...rest, facets: [...rest.facets, calm] }), limit: most, farther: false, looser: words !== "" };
  return words === "" ? [unsaid] : [said, unsaid];
}

const isLine = ({ kind }: PocketListing): boolean => kind === "crisis_line" || kind === "warmline";

/** A line is not asked whether it has room. */
export const withRoom = (wish: Wish, found: readonly Found<PocketListing>[], now: number): readonly Found<PocketListing>[] =>
  wish.room ? found.filter(({ listing }) => isLine(listing) || acceptingAt(listing.accepting, listing.acceptingUntil, now) === "yes") : found;

/** The first try that found anything; the last one's nothing otherwise. */
export const groupOf = ({ farther, looser }: Try, found: readonly Found<PocketListing>[]): Group => ({ found, farther: farther && found.length > 0, looser: looser && found.length > 0 });

/** Only the United States have regions of their own here. */
export const areaIn = (country: string, region: string): string => (country === "US" && region !== "" ? `US-${region}` : country);

export const spotOfPlace = ({ at, region }: Place, typed: string, country: string): Spot => ({ at, area: areaIn(country, region), label: typed.trim(), others: [] });

const townWords = ({ name, region }: Town): string => (region ? `${name}, ${region}` : name);

/** The first of the towns that were found, and the others of the same name; undefined where there was none. */
export function spotOfTowns(towns: readonly Town[]): Spot | undefined {
  const [first, ...others] = towns;
  if (!first) return undefined;
  const own = townWords(first);
  const names = others.filter(({ name }) => name === first.name).map(townWords);
  return { at: first.at, area: areaIn(first.country, first.region), label: own, others: [...new Set(names)].filter((name) => name !== own).slice(0, 4) };
}
