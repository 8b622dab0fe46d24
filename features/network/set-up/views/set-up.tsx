import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Heading, Lead, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { ErrorSummary, Field, Form, type Choice } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { mend, NetworkFields } from "../../views/network-fields.tsx";
import { say } from "../../words.ts";

type SetUpProps = { visit: Visit; assets: Assets; countries: readonly Choice[]; typed: Typed | undefined; problems: Problems };

/** One page that makes a network out of an installed program. */
export function SetUp({ visit, assets, countries, typed, problems }: SetUpProps) {
  const { language } = visit;
  const t = say(language);
  const problem = mend(language, problems);
  return (
    <Page visit={visit} assets={assets} title={t("setUpTitle")}>
      <Stack gap={24}>
        <Title>{t("setUpTitle")}</Title>
        <Lead>{t("setUpLead")}</Lead>
        <ErrorSummary language={language} problems={Object.keys(problems).map((field) => [field, problem(field) ?? ""] as const)} />
        <Form action="/setup">
          <Heading>{t("setUpNetwork")}</Heading>
          <NetworkFields language={language} countries={countries} typed={typed} problems={problems} zone={visit.zone} />
          <Heading>{t("setUpFirst")}</Heading>
          <Soft>{t("setUpFirstHint")}</Soft>
          <Field name="name" label={t("coordinatorName")} hint={t("coordinatorNameHint")} problem={problem("name")} typed={typed} autocomplete="given-name" maxLength={60} required />
          <Field name="signInName" label={t("signInName")} hint={t("signInNameHint")} problem={problem("signInName")} typed={typed} autocomplete="username" maxLength={40} required />
          <Field name="passphrase" label={t("passphrase")} hint={t("passphraseHint")} problem={problem("passphrase")} typed={typed} type="password" autocomplete="new-password" required />
          <Button big>{t("setUpButton")}</Button>
        </Form>
      </Stack>
    </Page>
  );
}
