import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, LinkButton, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

/** The one question before what cannot be undone. */
export function Erase({ visit, assets }: { visit: Visit; assets: Assets }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("eraseTitle")}>
      <Stack gap={24}>
        <Title>{t("eraseTitle")}</Title>
        <Lead>{t("eraseText")}</Lead>
        <Soft>{t("eraseKeeps")}</Soft>
        <LinkButton href="/conversation" big icon="back">
          {t("eraseNot")}
        </LinkButton>
        <Form action="/conversation/erase">
          <Button tone="plain" icon="trash">
            {t("eraseNow")}
          </Button>
        </Form>
      </Stack>
    </Page>
  );
}

/** A short page after an end: it is deleted, or thank you. */
export function AfterWords({ visit, assets, title, text }: { visit: Visit; assets: Assets; title: string; text: string }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={title}>
      <Stack gap={24}>
        <Title>{title}</Title>
        <Lead>{text}</Lead>
        <LinkButton href="/message" big icon="message">
          {t("startAnother")}
        </LinkButton>
        <LinkButton href="/" tone="plain" icon="home">
          {t("goHome")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
