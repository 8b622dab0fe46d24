import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { typedText } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { languages } from "../../../../platform/i18n/words.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Heading, Lead, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { Check, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say, type CommunityKey } from "../../words.ts";
import { CommunityRules } from "./about.tsx";

type Props = { visit: Visit; assets: Assets; names: readonly string[]; formKey: string; problems: Problems; typed?: Typed | undefined; /** Undefined: nobody is asked. */ leastAge: number | undefined };

/** A place in the community: a name that is not hers, the rules, and nothing else. */
export function Join({ visit, assets, names, formKey, problems, typed, leastAge }: Props) {
  const { language } = visit;
  const t = say(language);
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  return (
    <Page visit={visit} assets={assets} title={t("joinTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("joinTitle")}</Title>
          <Lead>{t("joinLead")}</Lead>
        </Stack>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as CommunityKey)])} />
        <Form action="/community/join">
          <Carried name="key" value={formKey} />
          <Field name="handle" label={t("handle")} hint={t("handleHint", { names: new Intl.ListFormat(language, { type: "disjunction" }).format(names.slice(1)) })} value={names[0]} typed={typed} problem={problem("handle")} maxLength={30} required />
          <Choices name="language" label={t("writesIn")} typed={typed} value={language} problem={problem("language")} choices={languages.map((one) => [one, t(`in_${one}`)] as const)} />
          <Card>
            <Heading>{t("rulesTitle")}</Heading>
            <CommunityRules visit={visit} />
          </Card>
          {leastAge === undefined ? null : (
            <Choices name="age" label={t("ageAsk")} hint={t("ageHint")} typed={typed} problem={problem("age")} choices={[["old", t("ageOld", { age: leastAge })], ["young", t("ageYoung", { age: leastAge })]]} />
          )}
          <Stack gap={8}>
            <Check name="rules" label={t("agreeRules")} checked={typedText(typed, "rules") === "yes"} />
            <Check name="collect" label={t("agreeCollect")} checked={typedText(typed, "collect") === "yes"} hint={t("agreeCollectHint")} />
          </Stack>
          <Check name="shared" label={t("shared")} checked={typedText(typed, "shared") === "yes"} hint={t("sharedHint")} />
          <Button big>{t("joinNow")}</Button>
          <Soft>{t("joinNext")}</Soft>
        </Form>
      </Stack>
    </Page>
  );
}
