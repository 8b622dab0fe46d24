import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Card, Heading, Lead, Link, LinkButton, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";
import type { Consent } from "../types.ts";

type Props = { visit: Visit; assets: Assets; consents: readonly Consent[]; zone: string };
const kinds = ["collect", "share", "rules"] as const;

/** What she said yes to, each kind by itself: keeping what she writes is one thing, giving it to others another. */
export function ConsentsPage({ visit, assets, consents, zone }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("exportConsents")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href="/account">{t("consentsBack")}</Link>
          </Text>
          <Title>{t("exportConsents")}</Title>
          <Lead>{t("consentsLead")}</Lead>
        </Stack>
        {kinds.map((kind) => (
          <Card key={kind}>
            <Heading>{t(`consents_${kind}`)}</Heading>
            <Given given={consents.filter((consent) => consent.kind === kind)} none={t(kind === "share" ? "consentsNone_share" : "consentsNone")} {...{ visit, zone }} />
            {kind === "collect" ? (
              <>
                <Soft>{t("consentsLeave")}</Soft>
                <LinkButton href="/community/leave" tone="plain">
                  {t("consentsTakeBack")}
                </LinkButton>
              </>
            ) : null}
          </Card>
        ))}
      </Stack>
    </Page>
  );
}

function Given({ given, none, visit: { language }, zone }: { given: readonly Consent[]; none: string } & Pick<Props, "visit" | "zone">) {
  const t = say(language);
  if (given.length === 0) return <Text>{none}</Text>;
  return (
    <>
      {given.map(({ wording, givenAt, withdrawnAt }) => (
        <Stack key={givenAt.toString()} gap={8}>
          <Text>{wording}</Text>
          <Soft>{withdrawnAt ? t("consentOff", { day: dayAndTime(withdrawnAt, zone, language) }) : t("consentOn", { day: dayAndTime(givenAt, zone, language) })}</Soft>
        </Stack>
      ))}
    </>
  );
}
