import type { Reader } from "../../platform/db/database.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";
import { usualReach } from "./finder/asks/rules.ts";
import { cardAt, markText, mayDial, roomOf, whatText } from "./finder/in-words/rules.ts";
import { answerTo, listingById, pocketOf } from "./finder/queries.ts";
import type { PocketListing } from "./finder/types.ts";
import { speechIn } from "./finder/words.ts";
import { isHidden } from "./claims/now/rules.ts";

export { offerDays } from "./areas/rules.ts";
export { askKeptDays, linkKeptDays, textKeptDays } from "./renewal/asking/rules.ts";

/** A listing in the words of a language, as somebody names it to a parent. */
export type NamedListing = { readonly id: string; readonly name: string; readonly what: string; readonly contact: string; /** Whether they have room, where that is known, and how sure we are. */ readonly mark: string };

/** Who names it: in which language, to somebody in which country, when. */
export type Naming = { readonly language: Language; readonly country: string; readonly now: Instant; readonly zone: string };

/** What the directory has for a need near a place, the nearest first, then what can be had from anywhere: a few, to choose from. */
export async function listingsToName(db: Reader, { need, place }: { readonly need: string; readonly place: string }, naming: Naming): Promise<NamedListing[]> {
  const { country, now } = naming;
  const { near, anywhere } = await answerTo(db, { need, place, facets: [], room: false, reach: usualReach(country) }, country, now);
  return [...(near?.found ?? []).slice(0, 8), ...anywhere.found.slice(0, 6)].map(({ listing }) => named(listing, naming));
}

/** One of them; undefined where it is shown no more. */
export async function listingToName(db: Reader, id: string, naming: Naming): Promise<NamedListing | undefined> {
  const found = await listingById(db, id);
  const listing = found && pocketOf(found);
  return listing && !isHidden(listing, naming.now.epochMilliseconds) ? named(listing, naming) : undefined;
}

function named(found: PocketListing, { language, country, now, zone }: Naming): NamedListing {
  const when = { now: now.epochMilliseconds, zone };
  const listing = { ...found, card: cardAt(found.card, when.now) };
  const speech = speechIn(language);
  const { name, phone, text, phoneAsWritten, url, street, city } = listing.card;
  const numbers = [phone, text].filter((dial) => mayDial(dial, country)).map(({ shown }) => shown);
  const contact = [...new Set([...numbers, ...(numbers.length === 0 && phoneAsWritten ? [phoneAsWritten] : [])]), [street, city].filter(Boolean).join(", "), url?.replace(/^https?:\/\//, "").replace(/\/$/, "") ?? ""].filter(Boolean);
  const room = roomOf(listing, when, speech);
  const mark = [...(room && room.says !== "unknown" ? [room.words] : []), markText(listing, when, speech)].join(". ");
  return { id: listing.id, name, what: whatText(listing, speech), contact: contact.join(" · "), mark };
}
