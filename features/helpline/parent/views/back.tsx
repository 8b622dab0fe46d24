import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, LinkButton, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { Area, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

/** Coming back with six words; what was typed stays when they are not ours. */
export function Back({ visit, assets, problem, typed }: { visit: Visit; assets: Assets; problem?: string | undefined; typed?: string | undefined }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("backTitle")}>
      <Stack gap={24}>
        {problem ? <ErrorSummary language={visit.language} problems={[["words", problem]]} /> : null}
        <Title>{t("backTitle")}</Title>
        <Lead>{t("backText")}</Lead>
        <Form action="/back">
          <Area name="words" label={t("backWords")} rows={2} value={typed} problem={problem} />
          <Button big icon="key">
            {t("backOpen")}
          </Button>
        </Form>
        <LinkButton href="/message" tone="plain" icon="message">
          {t("backNew")}
        </LinkButton>
      </Stack>
    </Page>
  );
}

/** A private link asks before it opens, so that a preview of it by a chat program does not. */
export function BackByLink({ visit, assets }: { visit: Visit; assets: Assets }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("backTitle")}>
      <Stack gap={24}>
        <Title>{t("backLinkTitle")}</Title>
        <Lead>{t("backLinkText")}</Lead>
        <Form action="/back/link">
          <Button big icon="key">
            {t("backOpen")}
          </Button>
        </Form>
      </Stack>
    </Page>
  );
}
