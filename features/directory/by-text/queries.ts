import type { Reader } from "../../../platform/db/database.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { findListings, type FoundListing } from "../finder/queries.ts";
import { areaIn, areasAround, homeOf } from "../finder/asks/rules.ts";
import { anywhereIn, languageFacet, type Ask } from "../finder/rules.ts";
import type { Place } from "../places/types.ts";
import { dialFor, mostRows, nearMetres } from "./rules.ts";

const enough = 12;

/**
 * The three to name: near ones who speak her language first, then the nearest of the others, then those that help anywhere in her region or country.
 * Only who can be called or texted from there; crisis lines have their own place in the answer.
 */
export async function nearest(db: Reader, { at, region }: Place, country: string, language: Language, now: Instant): Promise<FoundListing[]> {
  const anything: Ask = { words: [], begun: undefined, facets: [], accepting: false, near: at, within: nearMetres, country: homeOf(country).country };
  const everywhere = areasAround({ area: areaIn(homeOf(country).country, region) }, country).map(anywhereIn);
  const anywhere: Ask = { ...anything, near: undefined, within: undefined, facets: [everywhere] };
  const spoken = [languageFacet(language)];
  const asks = [...(language === "en" ? [] : [{ ...anything, facets: [spoken] }]), anything, { ...anywhere, facets: [everywhere, spoken] }, anywhere];
  const found = new Map<string, FoundListing>();
  for (const ask of asks) {
    if ([...found.values()].filter(({ listing }) => isBefore(now, listing.sinksAt)).length >= mostRows) break;
    for (const one of await findListings(db, ask, now, enough)) if (!found.has(one.listing.serviceId) && isTextable(one, country)) found.set(one.listing.serviceId, one);
  }
  // What can be trusted comes first here too, whichever language it speaks.
  return [...found.values()].sort((a, b) => Number(!isBefore(now, a.listing.sinksAt)) - Number(!isBefore(now, b.listing.sinksAt))).slice(0, mostRows);
}

/** A text has no room to say that a listing is in doubt or closed for a time, so it names none that is. */
const isTextable = ({ listing }: FoundListing, country: string): boolean => listing.kind !== "crisis_line" && listing.inDoubtSince === undefined && !listing.card.closedForNow && dialFor(listing.card, country) !== undefined;
