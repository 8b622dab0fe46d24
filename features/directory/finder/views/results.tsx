import { ListingCard, ListingGroup, ListingStack, NothingFound, OtherPlaces, type Act, type ListingShown } from "../../../../platform/ui/listing.tsx";
import { markOf } from "../../claims/now/rules.ts";
import { usesMiles } from "../asks/rules.ts";
import { awayText, cardAt, howText, markText, mayDial, moreTerms, roomOf, smsTo, telTo, unbroken, whatText, type Speech, type When } from "../in-words/rules.ts";
import type { Found } from "../rules.ts";
import type { Answer, Group, PocketListing } from "../types.ts";

/*
 * What was found. The same components answer a form on the server and draw the answer on her phone.
 */

export type ResultsProps = { readonly answer: Answer; readonly speech: Speech; readonly when: When; /** Hers. */ readonly country: string };

/** The form that buttons in the answer belong to. */
export const formId = "finder";
/** Where the answer begins, for the focus. */
export const firstHeading = (answer: Answer): string => (answer.near ? "found-near" : "found-anywhere");

export function Results({ answer, ...about }: ResultsProps) {
  const { speech, country } = about;
  const { t } = speech;
  const { spot, near, anywhere, wish } = answer;
  return (
    <>
      {answer.placeUnknown ? <NothingFound says={t("cardPlaceUnknown")} act="" /> : null}
      {near && spot ? (
        <ListingGroup id="found-near" title={spot.label === undefined ? t("cardNearYou") : t("cardNear", { place: spot.label })} notes={notesOf(near, wish.reach, about)}>
          {near.found.length === 0 ? <NothingFound says={t("cardNothingNear")} act={t("cardNothingNearDo")} /> : <Cards {...about} found={near.found} />}
          {spot.others.length > 0 ? <OtherPlaces label={t("cardOtherPlaces")} places={spot.others} form={formId} /> : null}
        </ListingGroup>
      ) : null}
      <ListingGroup id="found-anywhere" title={t("cardAnywhereTitle")} notes={[...(anywhere.looser ? [t("cardLooser")] : []), ...(spot || answer.placeUnknown ? [] : [t("cardNamePlace")])]}>
        {anywhere.found.length === 0 ? <NothingFound says={t("cardNothing")} act={t("cardNothingDo")} /> : <Cards speech={speech} when={about.when} country={country} found={anywhere.found} />}
      </ListingGroup>
    </>
  );
}

export const reachText = (reach: number, country: string, { t }: Pick<Speech, "t">): string => t(usesMiles(country) ? "cardReachMiles" : "cardReachKm", { count: reach });

function notesOf({ found, farther, looser }: Group, reach: number, { speech, country }: Omit<ResultsProps, "answer">): string[] {
  const within = reachText(reach, country, speech);
  if (farther) return [speech.t("cardFarther", { reach: within })];
  if (found.length === 0) return [];
  return [speech.t("cardWithin", { reach: within, count: found.length }), ...(looser ? [speech.t("cardLooser")] : [])];
}

/** Listings under one another, wherever they are shown. */
export const Cards = ({ found, ...about }: Omit<ResultsProps, "answer"> & { found: readonly Found<PocketListing>[] }) => (
  <ListingStack>
    {found.map((one) => (
      <li key={one.listing.id}>
        <ListingCard {...shown(one, about)} />
      </li>
    ))}
  </ListingStack>
);

function shown({ listing: found, metres }: Found<PocketListing>, { speech, when, country }: Omit<ResultsProps, "answer">): ListingShown {
  const card = cardAt(found.card, when.now);
  const listing = { ...found, card };
  const { t } = speech;
  const town = [card.city, card.region].filter(Boolean).join(", ");
  const away = metres === undefined ? "" : awayText(metres, country, speech);
  return {
    href: `/listings/${listing.id}`,
    name: card.name,
    by: card.organization,
    what: whatText(listing, speech),
    how: howText(listing, speech),
    where: listing.at || town ? [away, town].filter(Boolean).join(" · ") : t("cardAnywhere"),
    room: roomOf(listing, when, speech),
    sure: { says: markOf(listing, listing.inDoubt, when.now), words: markText(listing, when, speech) },
    summary: card.summary,
    acts: actsOf(listing, country, t),
    asWritten: card.phoneAsWritten && t("cardNoNumber", { number: card.phoneAsWritten }),
    more: {
      label: t("cardMore"),
      terms: moreTerms(listing, speech),
      rows: [
        ...(card.street ? [[t("cardAddress"), [card.street, town, card.postalCode].filter(Boolean).join(", ")] as const] : []),
        ...(card.url && /^https?:/.test(card.url) ? [[t("cardSite"), siteOf(card.url), card.url] as const] : []),
      ],
    },
  };
}

const siteOf = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/.*$/, "");

/** Call and text, in that order: a number that works where she is. */
export function actsOf({ card }: PocketListing, country: string, t: Speech["t"]): Act[] {
  const call = mayDial(card.phone, country) ? [{ sign: "phone" as const, label: t("cardCall", { number: unbroken(card.phone.shown) }), href: telTo(card.phone) }] : [];
  const text = mayDial(card.text, country) ? [{ sign: "text" as const, label: t("cardText", { number: unbroken(card.text.shown) }), href: smsTo(card.text) }] : [];
  return [...call, ...text];
}

