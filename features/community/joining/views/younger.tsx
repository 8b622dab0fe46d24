import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Lead, Link, LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

/** She is younger than the forum is open for: what else there is for her. Nothing of her answer is kept. */
export function Younger({ visit, assets, leastAge, care }: { visit: Visit; assets: Assets; leastAge: number; care: CareCardContent }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("youngerTitle")}>
      <Stack gap={24}>
        <Title>{t("youngerTitle")}</Title>
        <Lead>{t("youngerLead", { age: leastAge })}</Lead>
        <LinkButton href="/message" icon="message" big>
          {t("messageVolunteer")}
        </LinkButton>
        <Text>
          {t("youngerMore")} <Link href="/find">{t("youngerFind")}</Link>
        </Text>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}
