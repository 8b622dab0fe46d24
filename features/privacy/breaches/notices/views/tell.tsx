import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { languages, type Language } from "../../../../../platform/i18n/words.ts";
import { Button, Card, Heading, Notice, Num, Soft, Stack, Text } from "../../../../../platform/ui/basics.tsx";
import { Area, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../../platform/ui/keys.tsx";
import type { Staffed } from "../../../../../platform/ui/staff-page.tsx";
import type { Network } from "../../../../network/types.ts";
import { PaperPage } from "../../../views/paper.tsx";
import { say, type PrivacyKey } from "../../../words.ts";
import type { Breach } from "../../types.ts";
import { noticeParts, type NoticeSaid } from "../types.ts";
import { NoticeParts } from "./notice.tsx";

/** `words`: they were written, and stand there to be looked at before they are told. */
export type Telling = { breach: Breach; people: number; network: Network | undefined; formKey: string; words?: NoticeSaid["words"]; problems?: Problems; typed?: Typed };

/** Telling those who have an account: what whoever keeps the record has to say, in both languages, looked at once before they see it. */
export function TellPage(props: Telling & { staffed: Staffed }) {
  const { staffed, breach, people, words, formKey, problems = {} } = props;
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <PaperPage staffed={staffed} paper="breachesTitle" back={[`/privacy/breaches/${breach.id}`, "tellBack"]}>
      <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as PrivacyKey)])} />
      <Heading>{t("tellTitle")}</Heading>
      <Text>
        <Num>{t("tellWhom", { people })}</Num>
      </Text>
      {words ? <Looked {...props} words={words} /> : <Soft>{t("tellLead")}</Soft>}
      <Form action={`/privacy/breaches/${breach.id}/notice`}>
        <Carried name="key" value={formKey} />
        {languages.map((one) => (
          <Words key={one} {...props} of={one} />
        ))}
        <Button name="act" value="look" tone={words ? "plain" : "primary"}>
          {t(words ? "tellLookAgain" : "tellLook")}
        </Button>
        {words ? (
          <Button name="act" value="tell">
            {t("tellNow", { people })}
          </Button>
        ) : null}
      </Form>
    </PaperPage>
  );
}

function Looked({ staffed: { visit }, breach, network, words }: Telling & { staffed: Staffed; words: NoticeSaid["words"] }) {
  const t = say(visit.language);
  return (
    <Stack gap={16}>
      <Notice tone="attention">{t("tellLooked")}</Notice>
      {languages.map((language) => (
        <Card key={language} label={t(`in_${language}`)}>
          <NoticeParts language={language} said={{ breach, words }} network={network} zone={network?.zone ?? "UTC"} />
        </Card>
      ))}
    </Stack>
  );
}

function Words({ staffed: { visit }, of, problems = {}, typed }: Telling & { staffed: Staffed; of: Language }) {
  const t = say(visit.language);
  return (
    <Stack gap={16}>
      <Heading>{t(`in_${of}`)}</Heading>
      {noticeParts.map((part) => {
        const name = `${part}_${of}`;
        return <Area key={name} name={name} label={t(`tell_${part}`)} hint={t(`tell_${part}Hint`)} problem={problems[name] && t(problems[name] as PrivacyKey)} typed={typed} required />;
      })}
    </Stack>
  );
}
