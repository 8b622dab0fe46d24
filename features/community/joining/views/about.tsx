import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Card, Heading, Lead, Link, LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

/** What the community is, before she joins: who reads, what stays private, and where its limits are. */
export function AboutCommunity({ visit, assets, care }: { visit: Visit; assets: Assets; care: CareCardContent }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("aboutTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("aboutTitle")}</Title>
          <Lead>{t("aboutLead")}</Lead>
        </Stack>
        <LinkButton href="/community/join" icon="door" big>
          {t("join")}
        </LinkButton>
        <LinkButton href="/sign-in" tone="plain" big>
          {t("comeBack")}
        </LinkButton>
        <Card>
          <Heading>{t("howTitle")}</Heading>
          <Bullets>
            {(["how1", "how2", "how3", "how4"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Card>
          <Heading>{t("privateTitle")}</Heading>
          <Bullets>
            {(["private1", "private2", "private3", "private4"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Text>
          <Link href="/safety/promise">{t("dangerPromise")}</Link>
        </Text>
        <Text>
          {t("fasterHelp")} <Link href="/message">{t("messageVolunteer")}</Link>
        </Text>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}

/** What all ask of each other. */
export function CommunityRules({ visit: { language } }: { visit: Pick<Visit, "language"> }) {
  const t = say(language);
  return (
    <Bullets>
      {(["rule1", "rule2", "rule3", "rule4", "rule5"] as const).map((key) => (
        <li key={key}>{t(key)}</li>
      ))}
    </Bullets>
  );
}
