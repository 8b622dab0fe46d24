import { Card, Details, Heading, Lead, Link, Num, Row, Soft, Stack, Strong, Text, Title, Button } from "../../../../platform/ui/basics.tsx";
import { quietNames, type Visit } from "../../../../platform/http/visit.ts";
import { languageName } from "../../../../platform/i18n/names.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime, zoneName } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Doors } from "../../../../platform/ui/doors.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { StreetBand } from "../../../../platform/ui/street.tsx";
import { say as sayUi } from "../../../../platform/ui/words.ts";
import { say } from "../../words.ts";
import { litWindows } from "../rules.ts";
import type { HomeFacts } from "../types.ts";

type HomeProps = { visit: Visit; assets: Assets; /** Is it the first that her browser sees of us? */ first: boolean; facts: HomeFacts; care: CareCardContent; /** In her language; undefined when we do not know it. */ country: string | undefined };

/** The seed of this network's street. */
const seed = 7;

/** The first page: where she is, who is here, one main door, and the numbers for danger. */
export function Home({ visit, assets, first, facts, care, country }: HomeProps) {
  const t = say(visit.language);
  const { count } = facts;
  const lit = count === undefined ? 0 : litWindows(count);
  return (
    <Page visit={visit} assets={assets} title={sayUi(visit.language)("brand")} under="home" atOnce={first}>
      <Stack gap={24}>
        <div>
          <Stack gap={16}>
            <Title>{t("homeTitle")}</Title>
            <Lead>{t("homeLead")}</Lead>
          </Stack>
          <StreetBand seed={seed} lit={lit} door={facts.onDuty.length > 0} label={count === undefined ? t("streetQuiet") : t("streetLit", { count: lit })}>
            {count === undefined ? t("fewHere") : <Num>{t("peopleHere", { count })}</Num>}
          </StreetBand>
        </div>
        <Doors
          first={{ href: "/message", icon: "message", label: t("messageVolunteer") }}
          others={[
            { href: "/groups", icon: "group", label: t("joinGroup") },
            { href: "/village", icon: "bowl", label: t("practicalHelp") },
            { href: "/understand", icon: "book", label: t("understand") },
          ]}
        />
        <Text>
          {t("findLead")} <Link href="/find">{t("find")}</Link>
        </Text>
        <Text>
          {t("communityLead")} <Link href="/community">{t("community")}</Link>
        </Text>
        <WhoAnswers visit={visit} facts={facts} />
        <CareCard {...care} />
        <Numbers visit={visit} country={country} />
        <SharedPhone visit={visit} />
      </Stack>
    </Page>
  );
}

/** Who is on duty, as it can honestly be said now. */
function dutyNow({ onDuty, opensAt, opensSoon, zone }: HomeFacts, language: Language): string {
  const t = say(language);
  if (onDuty.includes(language)) return t("dutyNow");
  if (onDuty.length > 0) return t("dutyOtherLanguage", { languages: new Intl.ListFormat(language).format(onDuty.map((one) => languageName(one, language))) });
  if (!opensAt) return t("dutyNobody");
  const time = opensSoon ? clockTime(opensAt, zone, language) : dayAndTime(opensAt, zone, language);
  return t("dutyLater", { time, zone: zoneName(zone, language, opensAt) });
}

function WhoAnswers({ visit: { language }, facts }: Pick<HomeProps, "visit" | "facts">) {
  const t = say(language);
  return (
    <Card>
      <Heading>{t("whoTitle")}</Heading>
      <Text>{t("whoBody")}</Text>
      {facts.known ? (
        <Text>
          <Strong>
            <Num>{dutyNow(facts, language)}</Num>
          </Strong>
        </Text>
      ) : null}
      <Soft>
        {facts.host ? t("runBy", { host: facts.host }) : ""} <Link href="/about">{t("about")}</Link> · <Link href="/privacy">{t("privacy")}</Link>
      </Soft>
    </Card>
  );
}

function Numbers({ visit: { language }, country }: Pick<HomeProps, "visit" | "country">) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Text>
        {country ? t("numbersFor", { country }) : <Num>{t("numbersAnywhere")}</Num>} <Link href="/help#countries">{country ? t("otherCountry") : t("chooseCountry")}</Link>
      </Text>
      <Text>
        {t("thoughtsHint")} <Link href="/understand#thoughts">{t("understand")}</Link>
      </Text>
    </Stack>
  );
}

function SharedPhone({ visit: { language, quiet } }: Pick<HomeProps, "visit">) {
  const t = say(language);
  return (
    <Details summary={t("sharedPhone")}>
      <Text>{t("sharedPhoneBody")}</Text>
      <Text>{t("sharedPhoneSaved")}</Text>
      <ActForm action="/quiet" fields={{ back: "/" }}>
        <Row>
          {quietNames.map((name) =>
            name === quiet ? null : (
              <Button key={name} tone="plain" name="quiet" value={name}>
                {t("quietOn", { name: sayUi(language)(`quiet_${name}`) })}
              </Button>
            ),
          )}
          {quiet ? (
            <Button tone="plain" name="quiet" value="0">
              {t("quietOff")}
            </Button>
          ) : null}
        </Row>
      </ActForm>
    </Details>
  );
}
