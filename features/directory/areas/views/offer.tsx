import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Area, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

type Place = { readonly visit: Visit; readonly assets: Assets; readonly path: string; /** The area, in the reader's language. */ readonly name: string };
type OfferProps = Place & { readonly network: string; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** Somebody thinks of looking after her place: three questions, one of which may stay empty. */
export function Offer({ visit, assets, path, name, network, problems, typed }: OfferProps) {
  const t = say(visit.language);
  const problem = (field: string) => (problems?.[field] ? t(problems[field] as "offerTooLong") : undefined);
  return (
    <Page visit={visit} assets={assets} title={t("offerTitle", { area: name })} under="help">
      <Stack gap={24}>
        <ErrorSummary language={visit.language} problems={Object.entries(problems ?? {}).map(([field, key]) => [field, t(key as "offerTooLong")] as const)} />
        <Title small>{t("offerTitle", { area: name })}</Title>
        <Lead>{t("offerLead", { network })}</Lead>
        <Form action={`/near/${path}/offer`}>
          <Field name="name" label={t("offerName")} typed={typed} problem={problem("name")} autocomplete="given-name" maxLength={80} />
          <Field name="contact" label={t("offerContact")} hint={t("offerContactHint")} typed={typed} problem={problem("contact")} maxLength={200} />
          <Area name="why" label={t("offerWhy")} hint={t("offerWhyHint")} typed={typed} problem={problem("why")} />
          <Button icon="send">{t("offerSend")}</Button>
        </Form>
        <LinkButton href={`/near/${path}`} tone="quiet" icon="back">
          {t("back", { area: name })}
        </LinkButton>
      </Stack>
    </Page>
  );
}

/** What happens now with what she sent. */
export function OfferThanks({ visit, assets, path, name }: Place) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("offerThanksTitle")} under="help">
      <Stack gap={24}>
        <Title>{t("offerThanksTitle")}</Title>
        <Text>{t("offerThanks")}</Text>
        <LinkButton href={`/near/${path}`} tone="plain" icon="back">
          {t("back", { area: name })}
        </LinkButton>
      </Stack>
    </Page>
  );
}
