import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

/** Installed, but nobody has set the network up; the help numbers work all the same. */
export function NotYet({ visit, assets, care }: { visit: Visit; assets: Assets; care: CareCardContent }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("notYetTitle")}>
      <Stack gap={24}>
        <Title>{t("notYetTitle")}</Title>
        <Text>{t("notYetBody")}</Text>
        <Text>{t("notYetHelp")}</Text>
        <CareCard {...care} />
        <LinkButton href="/help" icon="help" big>
          {t("numbers")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
