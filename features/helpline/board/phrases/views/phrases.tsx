import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { Button, Card, Columns, Details, Heading, Lead, LinkButton, Num, PlainList, Preline, Row, Soft, Stack, Strong, Text, Title, Unseen } from "../../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../../platform/ui/board.tsx";
import { ActForm, Area, ErrorSummary, Field, Form } from "../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import type { Phrase } from "../../types.ts";
import { say, type BoardKey } from "../../words.ts";

type Shown = { readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** The phrases of the desks, in both languages side by side. */
export function PhrasesPage({ staffed, phrases, problems, typed }: Shown & { staffed: Staffed; phrases: readonly Phrase[] }) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("phrasesTitle")} current="phrases">
      <Stack gap={24}>
        <Title>{t("phrasesTitle")}</Title>
        <Text>{t("phrasesIntro")}</Text>
        <Problem language={language} problems={problems} />
        <Details summary={t("phraseNew")} open={problems !== undefined || phrases.length === 0}>
          <PhraseForm action="/phrases" button={t("phraseAdd")} {...{ language, problems, typed }} />
        </Details>
        {phrases.length === 0 ? (
          <Lead>{t("phrasesEmpty")}</Lead>
        ) : (
          <PlainList label={t("phrasesTitle")}>
            {phrases.map((phrase) => (
              <li key={phrase.id}>
                <OnePhrase {...{ staffed, phrase }} />
              </li>
            ))}
          </PlainList>
        )}
      </Stack>
    </StaffPage>
  );
}

function OnePhrase({ staffed: { visit, member: { zone } }, phrase }: { staffed: Staffed; phrase: Phrase }) {
  const t = say(visit.language);
  return (
    <Card>
      <Row spread>
        <Heading>{phrase.title}</Heading>
        <LinkButton href={`/phrases/${phrase.id}`} tone="plain">
          <span aria-hidden="true">{t("phraseEdit")}</span>
          <Unseen>{t("phraseEditThis", { title: phrase.title })}</Unseen>
        </LinkButton>
      </Row>
      <Columns even>
        <Said language="en" label={t("phraseEn")} words={phrase.en} />
        <Said language="es" label={t("phraseEs")} words={phrase.es} />
      </Columns>
      {phrase.editedBy ? (
        <Soft>
          <Num>{t("editedBy", { name: phrase.editedBy, time: dayAndTime(phrase.editedAt, zone, visit.language) })}</Num>
        </Soft>
      ) : null}
    </Card>
  );
}

const Said = ({ language, label, words }: { language: "en" | "es"; label: string; words: string }) => (
  <div>
    <Strong>{label}</Strong>
    <div lang={language}>
      <Preline>{words}</Preline>
    </div>
  </div>
);

/** One phrase, to change or take out. */
export function PhrasePage({ staffed, phrase, problems, typed }: Shown & { staffed: Staffed; phrase: Phrase }) {
  const { language } = staffed.visit;
  const t = say(language);
  const shown = typed ?? { title: [phrase.title], en: [phrase.en], es: [phrase.es] };
  return (
    <StaffPage staffed={staffed} title={t("phraseEditTitle")} current="phrases">
      <Measure>
        <Title>{t("phraseEditTitle")}</Title>
        <Problem language={language} problems={problems} />
        <PhraseForm action={`/phrases/${phrase.id}`} button={t("phraseSave")} {...{ language, problems }} typed={shown} />
        <Card>
          <Heading>{t("phraseRemove")}</Heading>
          <Soft>{t("phraseRemoveHint")}</Soft>
          <ActForm action={`/phrases/${phrase.id}/remove`}>
            <Button tone="plain" icon="trash">
              {t("phraseRemove")}
            </Button>
          </ActForm>
        </Card>
        <LinkButton href="/phrases" tone="quiet" icon="back">
          {t("phrasesBack")}
        </LinkButton>
      </Measure>
    </StaffPage>
  );
}

function Problem({ language, problems = {} }: Shown & { language: Staffed["visit"]["language"] }) {
  return <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, say(language)(key as BoardKey)] as const)} />;
}

function PhraseForm({ action, button, language, problems = {}, typed }: Shown & { action: string; button: string; language: Staffed["visit"]["language"] }) {
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as BoardKey) : undefined);
  return (
    <Form action={action}>
      <Field name="title" label={t("phraseTitle")} problem={problem("title")} typed={typed} maxLength={80} />
      <Area name="en" label={t("phraseEn")} problem={problem("en")} typed={typed} rows={3} />
      <Area name="es" label={t("phraseEs")} problem={problem("es")} typed={typed} rows={3} />
      <Button>{button}</Button>
    </Form>
  );
}
