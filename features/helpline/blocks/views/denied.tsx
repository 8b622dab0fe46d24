import type { Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { KeptWords } from "../../parent/views/kept-words.tsx";
import { say } from "../words.ts";

type Props = { visit: Visit; assets: Assets; zone: string; until: Instant; care: CareCardContent; /** What she sent, if she did: nobody types it twice. */ typed?: Typed | undefined };

/** To whoever may open nothing new for a time: until when, the numbers, and the way back to what she has. No blame: it may be another. */
export function Denied({ visit, assets, zone, until, care, typed }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("deniedTitle")}>
      <Stack gap={24}>
        <Title>{t("deniedTitle")}</Title>
        <Lead>{t("deniedText", { time: dayAndTime(until, zone, language), zone: zoneName(zone, language, until) })}</Lead>
        <CareCard {...care} />
        <LinkButton href="/help" icon="phone">
          {t("deniedNumbers")}
        </LinkButton>
        <Text>{t("deniedOpen")}</Text>
        <LinkButton href="/conversation" tone="plain" icon="message">
          {t("deniedBack")}
        </LinkButton>
        <Text>{t("deniedNotYou")}</Text>
        {typed ? (
          <Form action="/message">
            <KeptWords typed={typed} />
            <Button tone="plain">{t("deniedAgain")}</Button>
          </Form>
        ) : null}
      </Stack>
    </Page>
  );
}
