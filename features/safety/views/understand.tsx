import type { Visit } from "../../../platform/http/visit.ts";
import type { Assets } from "../../../platform/ui/assets.ts";
import { Card, Heading, Hush, Lead, LinkButton, Num, Soft, Stack, Strong, Text, Title } from "../../../platform/ui/basics.tsx";
import { CareCard } from "../../../platform/ui/care-card.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import { careCard } from "../in-words/rules.ts";
import type { Help } from "../types.ts";
import { say } from "../words.ts";

const feelings = ["blues", "depression", "anxiety", "thoughts", "trauma"] as const;

/**
 * Short calm answers. Facts: postpartum.net (PSI) on the baby blues, depression, anxiety, unwanted thoughts, birth trauma
 * and psychosis (1–2 per 1,000 births, mostly in the first two weeks, an emergency, do not leave alone). No scale's wording.
 */
export function Understand({ visit, assets, help }: { visit: Visit; assets: Assets; help: Help }) {
  const t = say(visit.language);
  const care = careCard(visit.language, help);
  return (
    <Page visit={visit} assets={assets} title={t("understandTitle")}>
      <Stack gap={24}>
        <Title>{t("understandTitle")}</Title>
        <Hush>
          <Lead>
            <Strong>{t("understandQuote")}</Strong>
          </Lead>
          <Soft>{t("understandQuoteBy")}</Soft>
        </Hush>
        <Text>{t("understandLead")}</Text>
        {feelings.map((feeling) => (
          <Card key={feeling} label={t(`${feeling}Name`)}>
            <Heading id={feeling}>{t(`${feeling}Title`)}</Heading>
            <Soft>{t(`${feeling}Name`)}</Soft>
            <Text>{t(`${feeling}Body`)}</Text>
            {feeling === "thoughts" ? (
              <Text>
                <Num>{t("thoughtsDiffer", { number: help.emergency.ambulance[0] ?? "112" })}</Num>
              </Text>
            ) : null}
          </Card>
        ))}
        <LinkButton href="/message" icon="message" big>
          {t("messageVolunteer")}
        </LinkButton>
        <Card label={t("psychosisName")}>
          <Heading id="psychosis">{t("psychosisTitle")}</Heading>
          <Soft>{t("psychosisName")}</Soft>
          <Text>{t("psychosisBody")}</Text>
          <Text>
            <Strong>{t("psychosisDo")}</Strong>
          </Text>
        </Card>
        <CareCard {...care} />
        <Text>{t("libraryComing")}</Text>
        <Soft>{t("understandSource")}</Soft>
      </Stack>
    </Page>
  );
}
