import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Lead, Link, LinkButton, Notice, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Keepsake } from "../../../../platform/ui/talk.tsx";
import { say } from "../words.ts";

/** The two ways back, for the phone that dies. */
export function Keep({ visit, assets, words, link }: { visit: Visit; assets: Assets; words: string; link: string }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("keepTitle")}>
      <Stack gap={24}>
        <Title>{t("keepTitle")}</Title>
        <Lead>{t("keepText")}</Lead>
        <Keepsake id="six-words" label={t("keepWords")}>
          {words}
        </Keepsake>
        <Keepsake id="private-link" label={t("keepLink")}>
          {link}
        </Keepsake>
        <Notice tone="attention">
          <Text>{t("keepWarning")}</Text>
        </Notice>
        <Text>
          <Link href="/privacy/conversation">{t("whatIsKept")}</Link>
        </Text>
        <LinkButton href="/conversation" icon="back" big>
          {t("conversationTitle")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
