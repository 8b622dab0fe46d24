import { countryName } from "../../../platform/i18n/names.ts";
import type { Visit } from "../../../platform/http/visit.ts";
import type { Assets } from "../../../platform/ui/assets.ts";
import { Heading, Lead, LinkButton, Notice, Soft, Stack, Text, Title } from "../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../platform/ui/care-card.tsx";
import { ByLetter, FindForm, FoundLinks, type Findable } from "../../../platform/ui/find.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import type { NamedCountry } from "../rules.ts";
import type { Country } from "../types.ts";
import { say } from "../words.ts";

type HelpIndexProps = {
  visit: Visit;
  assets: Assets;
  /** Hers: chosen, or guessed from her browser's language. */
  own: Country | undefined;
  care: CareCardContent;
  chosen: boolean;
  countries: readonly NamedCountry[];
  /** What she searched for without scripts, and what it found. */
  search?: { typed: string; found: readonly NamedCountry[] };
};

/** Her own country first, then every other: searched on the device, or by a form, or by letter. */
export function HelpIndex({ visit, assets, own, care, chosen, countries, search }: HelpIndexProps) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("helpTitle")} under="help">
      <Stack gap={24}>
        <Title>{t("helpTitle")}</Title>
        <Lead>{t("helpLead")}</Lead>
        <CareCard {...care} />
        {own ? <Own own={own} chosen={chosen} language={visit.language} /> : null}
        <LinkButton href="/find" icon="search" tone="plain">
          {t("findNear")}
        </LinkButton>
        <Heading id="countries">{t("countriesHeading")}</Heading>
        <FindForm action="/help" name="place" label={t("findLabel")} button={t("findButton")} value={search?.typed ?? ""} count={t("foundLive", { count: "#" })} />
        {search ? <Found {...search} language={visit.language} /> : null}
        <ByLetter things={countries.map(findable)} label={t("countriesHeading")} jump={t("letters")} />
      </Stack>
    </Page>
  );
}

const findable = ({ country, name, find }: NamedCountry): Findable => ({ href: `/help/${country.toLowerCase()}`, label: name, find });

function Own({ own, chosen, language }: { own: Country; chosen: boolean } & Pick<Visit, "language">) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <LinkButton href={`/help/${own.toLowerCase()}`} icon="phone" big>
        {t("openCountry", { country: countryName(own, language) })}
      </LinkButton>
      {chosen ? null : <Soft>{t("yourCountryGuess")}</Soft>}
    </Stack>
  );
}

function Found({ found, language }: { found: readonly NamedCountry[] } & Pick<Visit, "language">) {
  const t = say(language);
  return (
    <Notice tone="done">
      <Text>{found.length > 0 ? t("foundCount", { count: found.length }) : t("foundNone")}</Text>
      <FoundLinks things={found.map(findable)} />
    </Notice>
  );
}
