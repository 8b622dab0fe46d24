import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Heading, Hush, Lead, Link, LinkButton, Num, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { NamedLink, Names } from "../../../../platform/ui/parts.tsx";
import { Sprite } from "../../../../platform/ui/sprite.tsx";
import type { Speech, When } from "../../finder/in-words/rules.ts";
import { Cards } from "../../finder/views/results.tsx";
import { areaName, areaPath, isPart } from "../rules.ts";
import type { Area, Stands } from "../types.ts";
import { say } from "../words.ts";

type AreaPageProps = Stands & { visit: Visit; assets: Assets; area: Area; when: When; /** Hers, for what she can dial. */ country: string; speech: Speech; care: CareCardContent };

/** One place: the numbers for danger, who looks after it, lines, groups, help near home; or, honestly, that nobody is here yet. */
export function AreaPage({ visit, assets, area, when, country, speech, care, lines, groups, others, seats, parts }: AreaPageProps) {
  const { language } = visit;
  const t = say(language);
  const name = areaName(area.id, language, area.called);
  const of = area.id.slice(0, 2);
  const shelf = (title: string, { listings }: Stands["lines"]) =>
    listings.length > 0 ? (
      <>
        <Heading>{title}</Heading>
        <Cards speech={speech} when={when} country={country} found={listings.map((listing) => ({ listing, metres: undefined }))} />
      </>
    ) : null;
  const more = groups.count + others.count - groups.listings.length - others.listings.length;
  return (
    <Page visit={visit} assets={assets} title={t("areaTitle", { area: name })} under="help">
      <Sprite names={["phone", "text", "check", "eye", "clock", "warning"]} />
      <Stack gap={24}>
        <Title>{t("areaTitle", { area: name })}</Title>
        <CareCard {...care} />
        <Text>
          <Link href={`/help/${of.toLowerCase()}`}>{t("numbersOf", { area: areaName(of, language) })}</Link>
        </Text>
        <LinkButton href="/find" icon="search" big>
          {t("nearFind")}
        </LinkButton>
        <Keepers {...{ area, seats, language, name }} />
        {shelf(t("linesHeading"), lines)}
        {shelf(t("groupsHeading"), groups)}
        {shelf(t("listingsHeading"), others)}
        {groups.count + others.count === 0 ? (
          <Hush>
            <Heading>{t("nothingTitle")}</Heading>
            <Text>{t("nothing", { area: name })}</Text>
          </Hush>
        ) : null}
        {parts.length > 0 ? (
          <>
            <Heading>{t("partsHeading", { area: name })}</Heading>
            <Names>
              {parts.map(({ id, called }) => (
                <li key={id}>
                  <NamedLink href={`/near/${areaPath(id)}`} name={areaName(id, language, called)} />
                </li>
              ))}
            </Names>
          </>
        ) : null}
        {isPart(area.id) && area.parent ? (
          <Text>
            <Link href={`/near/${areaPath(area.parent)}`}>{t("wholeOf", { area: areaName(area.parent, language) })}</Link>
          </Text>
        ) : null}
        {more > 0 ? (
          <Text>
            <Link href="/find">
              <Num>{t("more", { count: more })}</Num>
            </Link>
          </Text>
        ) : null}
        <LinkButton href="/message" icon="message" tone="plain">
          {t("messageVolunteer")}
        </LinkButton>
        <Text>
          <Link href="/freshness">{t("freshness")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

/** Who keeps this place true; where nobody does, that it could be her. */
function Keepers({ area, seats, language, name }: { area: Area; seats: Stands["seats"]; language: Visit["language"]; name: string }) {
  const t = say(language);
  if (seats?.of === area.id) return <Lead>{t("seatTaken", { area: name, count: seats.members.length })}</Lead>;
  return (
    <Hush>
      <Heading>{t("seatEmptyTitle")}</Heading>
      <Text>{seats ? t("seatAbove", { area: name, above: areaName(seats.of, language) }) : t("seatEmpty", { area: name })}</Text>
      <Text>{t("startOneLead")}</Text>
      <LinkButton href={`/near/${areaPath(area.id)}/offer`} tone="plain">
        {t("startOneAct", { area: name })}
      </LinkButton>
    </Hush>
  );
}
