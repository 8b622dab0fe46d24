import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Heading, Lead, Link, LinkButton, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say, type CommunityKey } from "../../words.ts";
import { shared, type Consent } from "../types.ts";

type Props = { visit: Visit; assets: Assets; consents: readonly Consent[]; zone: string; formKey: string; problems?: Problems; typed?: Typed };

/** What she said yes to, each kind by itself: keeping what she writes is one thing, giving it to others another (RCW 19.373.030). */
export function ConsentsPage(props: Props) {
  const { visit, assets, consents, zone, problems = {} } = props;
  const { language } = visit;
  const t = say(language);
  const of = (kind: Consent["kind"]) => ({ given: consents.filter((consent) => consent.kind === kind), visit, zone });
  return (
    <Page visit={visit} assets={assets} title={t("exportConsents")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href="/account">{t("consentsBack")}</Link>
          </Text>
          <Title>{t("exportConsents")}</Title>
          <Lead>{t("consentsLead")}</Lead>
          <Text>
            <Link href="/privacy">{t("consentsPrivacy")}</Link>
          </Text>
        </Stack>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as CommunityKey)])} />
        <Card>
          <Heading>{t("consents_collect")}</Heading>
          <Given {...of("collect")} none={t("consentsNone")} />
          <Soft>{t("consentsLeave")}</Soft>
          <LinkButton href="/community/leave" tone="plain">
            {t("consentsTakeBack")}
          </LinkButton>
        </Card>
        <Card>
          <Heading>{t("consents_share")}</Heading>
          <Given {...of("share")} none={t("consentsNone_share")} />
          <Share {...props} />
        </Card>
        <Card>
          <Heading>{t("consents_rules")}</Heading>
          <Given {...of("rules")} none={t("consentsNone")} />
        </Card>
      </Stack>
    </Page>
  );
}

function Given({ given, none, visit: { language }, zone }: { given: readonly Consent[]; none: string } & Pick<Props, "visit" | "zone">) {
  const t = say(language);
  if (given.length === 0) return <Text>{none}</Text>;
  return (
    <>
      {given.map(({ id, kind, wording, givenAt, withdrawnAt }) => (
        <Stack key={id} gap={8}>
          <Text>{wording}</Text>
          <Soft>{withdrawnAt ? t("consentOff", { day: dayAndTime(withdrawnAt, zone, language) }) : t("consentOn", { day: dayAndTime(givenAt, zone, language) })}</Soft>
          {kind === "share" && !withdrawnAt ? (
            <ActForm action={`/community/consents/${id}/end`}>
              <Button tone="plain">{t("shareEnd")}</Button>
            </ActForm>
          ) : null}
        </Stack>
      ))}
    </>
  );
}

/** Nothing is given to anybody but what stands in a sentence of hers. */
function Share({ visit: { language }, formKey, problems = {}, typed }: Props) {
  const t = say(language);
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  return (
    <Form action="/community/consents">
      <Soft>{t("shareHint")}</Soft>
      <Carried name="key" value={formKey} />
      <Field name="whom" label={t("shareWhom")} hint={t("shareWhomHint")} typed={typed} problem={problem("whom")} maxLength={120} required />
      <Choices name="what" label={t("shareWhat")} typed={typed} problem={problem("what")} choices={shared.map((one) => [one, t(`share_${one}`)] as const)} several />
      <Button tone="plain">{t("shareYes")}</Button>
    </Form>
  );
}
