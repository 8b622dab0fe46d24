import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Card, Details, Heading, Link, LinkButton, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Answers, Beside, FoundCount, Chip, ChipGroup, DangerLine, Narrow, PlaceBox, ReadyWords, Said, SearchBox, SearchForm, SubmitWide } from "../../../../platform/ui/search.tsx";
import { Sprite } from "../../../../platform/ui/sprite.tsx";
import { termsOf, type Group } from "../../taxonomy/rules.ts";
import { reaches } from "../asks/rules.ts";
import { languageWord, type Speech, type When } from "../in-words/rules.ts";
import type { Answer, FinderFacts } from "../types.ts";
import { say } from "../words.ts";
import type { RegionMap } from "../../map/types.ts";
import { FoundMap } from "./found-map.tsx";
import { formId, reachText, Results } from "./results.tsx";

type FindProps = {
  visit: Visit;
  assets: Assets;
  answer: Answer;
  facts: FinderFacts;
  speech: Speech;
  when: When;
  /** Of the region that she named. */
  map: RegionMap | undefined;
  care: CareCardContent;
  /** Hers, in her language. */
  countryName: string;
};

/** Languages that parents and providers name most; others are found by typing them. */
const languages = ["en", "es", "zh", "vi", "ar", "fr", "ht", "hmn", "ko", "pt", "ru", "so", "tl", "am", "hi", "ase"] as const;

/** One box for what she needs, one for where she is; the numbers for danger are never further than a thumb. */
export function Find({ visit, assets, answer, facts, speech, when, map, care, countryName }: FindProps) {
  const t = say(visit.language);
  const { wish } = answer;
  return (
    <Page visit={visit} assets={assets} title={t("title")} wide scripts={["find"]}>
      <Sprite names={["phone", "text", "check", "eye", "clock", "warning"]} />
      <Beside
        aside={
          <>
            <Answers id="found-map">
              <FoundMap answer={answer} map={map} speech={speech} />
            </Answers>
            <Card>
              <Heading>{t("talkTitle")}</Heading>
              <Text>{t("talkBody")}</Text>
              <LinkButton href="/message" icon="message" tone="plain">
                {t("talkAct")}
              </LinkButton>
            </Card>
            <Details summary={t("howSure")}>
              <Text>{t("howSureBody")}</Text>
              <Text>{t("howSureRoom")}</Text>
            </Details>
            <CareCard {...care} />
          </>
        }
      >
        <Stack gap={8}>
          <Title small>{t("title")}</Title>
          <Text>{t("lead")}</Text>
          <DangerLine label={t("dangerNow")} acts={care.acts.filter(({ href }) => href.startsWith("tel:"))} />
        </Stack>
        <SearchForm id={formId} action="/find" facts={facts}>
          <SearchBox name="need" label={t("needLabel")} hint={t("needHint")} value={wish.need} />
          <PlaceBox name="place" label={facts.files.postcodes ? t("placeLabelZip") : t("placeLabelTown")} value={wish.place} nearMe={t("nearMe")} on={t("nearMeOn")} off={t("nearMeOff")} />
          <Choices answer={answer} speech={speech} country={facts.country} />
          <SubmitWide icon="search">{t("find")}</SubmitWide>
          <Said name={t("privacy")}>{t("privacyNoScript")}</Said>
        </SearchForm>
        <FoundCount />
        <Answers id="found">
          <Results answer={answer} speech={speech} when={when} country={facts.country} />
        </Answers>
        <Soft>
          {t("lookingIn", { country: countryName })} <Link href="/help#countries">{t("otherCountry")}</Link>
        </Soft>
        <ReadyWords label={t("tryLabel")} name="try" words={[t("try1"), t("try2"), t("try3"), t("try4"), t("try5")]} />
      </Beside>
    </Page>
  );
}

function Choices({ answer: { wish }, speech, country }: Pick<FindProps, "answer" | "speech"> & { country: string }) {
  const t = say(speech.language);
  const group = (label: string, of: Group) => <ChipGroup label={label} name="facet" choices={termsOf(of).map((term) => [term, speech.term(term)] as const)} chosen={wish.facets} />;
  return (
    <Narrow label={t("narrow")} first={<Chip name="room" value="yes" label={t("room")} checked={wish.room} />} open={wish.facets.length > 0}>
      {group(t("groupW"), "w")}
      <ChipGroup label={t("groupL")} name="facet" choices={languages.map((code) => [`l_${code}`, languageWord(code, speech.language)] as const)} chosen={wish.facets} />
      {group(t("groupT"), "t")}
      {group(t("groupC"), "c")}
      {group(t("groupI"), "i")}
      {group(t("groupP"), "p")}
      <ChipGroup label={t("groupReach")} name="reach" one choices={reaches(country).map((reach) => [String(reach), reachText(reach, country, speech)] as const)} chosen={[String(wish.reach)]} />
    </Narrow>
  );
}
