import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Button, Heading, LinkButton, Notice, Row, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../../platform/ui/care-card.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { RoomLine, Sure } from "../../../../../platform/ui/listing.tsx";
import { BackLink, ListingActs, ListingHead, NoPrint, SourcedFacts, type ListingAct } from "../../../../../platform/ui/listing-page.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import { Beside } from "../../../../../platform/ui/search.tsx";
import { Sprite } from "../../../../../platform/ui/sprite.tsx";
import { isSunk, markOf } from "../../../claims/now/rules.ts";
import { cardAt, howText, markText, mayDial, roomOf, smsTo, telTo, unbroken, whatText, type Speech } from "../../../finder/in-words/rules.ts";
import { Region } from "../../../map/views/region.tsx";
import type { RegionMap } from "../../../map/types.ts";
import { useOf } from "../../rules.ts";
import type { Phone } from "../../types.ts";
import { openWords, type Reader } from "../../in-words/rules.ts";
import { say } from "../../words.ts";
import { addressOf, openStateOf, phonesOf, standingFor } from "../rules.ts";
import type { Here } from "../types.ts";
import { factsOf } from "./facts.tsx";

type ListingPageProps = { visit: Visit; assets: Assets; at: Here; reader: Reader; speech: Speech; /** Hers. */ country: string; care: CareCardContent; map: RegionMap | undefined; /** The same in schema.org's words. */ linkedData: object | undefined };

/** One listing: the number first, then all that is known of it, each thing with who says so. */
export function ListingPage({ visit, assets, at, reader, speech, country, care, map, linkedData }: ListingPageProps) {
  const t = say(visit.language);
  const { service } = at;
  const listing = { ...at.listing, card: cardAt(at.listing.card, reader.now.epochMilliseconds) };
  const when = { now: reader.now.epochMilliseconds, zone: reader.zone ?? listing.card.zone ?? "UTC" };
  const mark = markOf(listing, listing.inDoubt, when.now);
  const room = roomOf(listing, when, speech);
  const open = openWords(openStateOf(at, reader.now), listing.card.zone, reader);
  const shaky = listing.kind === "crisis_line" && isSunk(listing, when.now);
  return (
    <Page visit={visit} assets={assets} title={service.name} linkedData={linkedData} wide>
      <Sprite names={["check", "eye", "clock", "warning"]} />
      <Beside
        aside={
          <>
            {map && listing.at && addressOf(at, reader.now) ? <Region map={map} places={[{ at: listing.at, town: listing.card.city ?? "" }]} from={undefined} says={t("mapSays", { town: [listing.card.city, listing.card.region].filter(Boolean).join(", ") })} /> : null}
            <Report id={listing.id} language={visit.language} />
            {shaky ? null : <CareCard {...care} />}
          </>
        }
      >
        <BackLink href="/find">{t("back")}</BackLink>
        {shaky ? (
          <>
            {listing.card.closedForNow ? null : <Text>{t("crisisFirst")}</Text>}
            <CareCard {...care} />
          </>
        ) : null}
        <ListingHead name={service.name} by={listing.card.organization}>
          <p>{whatText(listing, speech)}</p>
          <p>{howText(listing, speech)}</p>
          {open ? <Strong>{open}</Strong> : null}
          {room ? <RoomLine {...room} /> : null}
          <Sure says={mark} words={markText(listing, when, speech)} />
        </ListingHead>
        {listing.card.closedForNow ? (
          <Notice>
            <Text>{t("closedForNowBody")}</Text>
          </Notice>
        ) : null}
        <Doubts mark={mark} source={listing.card.source} language={visit.language} />
        <ListingActs {...actsOf(at, country, reader)} />
        <SourcedFacts facts={factsOf(at, reader, speech, country)} />
      </Beside>
    </Page>
  );
}

type InLanguage = { language: Visit["language"] };

function Doubts({ mark, source, language }: { mark: string; source: string } & InLanguage) {
  const t = say(language);
  if (mark !== "in_doubt" && mark !== "unconfirmed") return null;
  return (
    <Notice>
      <Text>{mark === "in_doubt" ? t("doubtBody") : t("unconfirmedBody", { source })}</Text>
    </Notice>
  );
}

function Report({ id, language }: { id: string } & InLanguage) {
  const t = say(language);
  return (
    <NoPrint>
      <Heading>{t("reportHeading")}</Heading>
      <Text>{t("reportBody")}</Text>
      <Row>
        <ActForm action={`/listings/${id}/report`} fields={{ kind: "cannot_reach" }}>
          <Button tone="plain" icon="phone">
            {t("reportDead")}
          </Button>
        </ActForm>
        <LinkButton href={`/listings/${id}/report`} icon="flag" tone="quiet">
          {t("reportElse")}
        </LinkButton>
      </Row>
    </NoPrint>
  );
}

/** Call first; then text, letter, map, address book. A number that no phone can dial is said, not offered. */
function actsOf(at: Here, country: string, { language, now }: Reader): { readonly calls: readonly ListingAct[]; readonly others: readonly ListingAct[] } {
  const t = say(language);
  const { listing, service } = at;
  const address = addressOf(at, now);
  const numbers = phonesOf(at).flatMap((phone) => (mayDial(phone.dial, country) && useOf(phone) !== "fax" ? [numberAct({ ...phone, dial: phone.dial }, language)] : []));
  const acts: ListingAct[] = numbers.filter(({ icon }) => icon === "text");
  if (service.email && standingFor(service, "contact", now)) acts.push({ icon: "mail", label: t("write"), more: service.email, href: `mailto:${encodeURIComponent(service.email).replace("%40", "@")}` });
  if (listing.at && address) acts.push({ icon: "pin", label: t("directions"), href: geoTo(listing.at, [address.address_1, address.city, address.state_province].join(", ")) });
  acts.push({ icon: "card", label: t("save"), more: service.name, href: `/listings/${listing.id}/card.vcf` });
  return { calls: numbers.filter(({ icon }) => icon === "phone"), others: acts };
}

function numberAct({ dial, extension, type }: Phone & { dial: NonNullable<Phone["dial"]> }, language: Visit["language"]): ListingAct {
  const t = say(language);
  const number = unbroken(dial.shown);
  const use = useOf({ type });
  if (use === "text") return { icon: "text", label: t("text"), more: number, href: smsTo(dial) };
  if (use === "textphone") return { icon: "phone", label: t("textphone", { number }), href: telTo(dial, extension) };
  return { icon: "phone", label: extension ? t("callExtension", { number, extension }) : t("call", { number }), href: telTo(dial, extension) };
}

/** Opens whatever map her own phone has (RFC 5870); nobody else is asked. */
const geoTo = ({ latitude, longitude }: { latitude: number; longitude: number }, address: string): string => `geo:${latitude},${longitude}?q=${encodeURIComponent(address)}`;

