import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Facts, Lead, LinkButton, Notice, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Secret } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

/** Her key, shown once. */
export function KeyPage({ visit, assets, name, words }: { visit: Visit; assets: Assets; name: string; words: string }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("keyTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("keyTitle")}</Title>
          <Lead>{t("keyLead")}</Lead>
        </Stack>
        <Facts rows={[[t("keyName"), name]]} />
        <Secret>{words}</Secret>
        <Notice tone="attention">
          <Text>{t("keyOnce")}</Text>
        </Notice>
        <LinkButton href="/community/spaces" icon="door" big>
          {t("keyKept")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
