import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { languages, ownName } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Button, Details, Link, Soft, Stack, Strong, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Area, Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { WaitPromise } from "../../rules.ts";
import { say } from "../words.ts";
import { promiseSentence } from "./promise.tsx";

export type StartProps = {
  visit: Visit;
  assets: Assets;
  zone: string;
  promise: WaitPromise;
  now: Instant;
  keepDays: number;
  openingKey: string;
  care: CareCardContent;
  problems?: Problems | undefined;
  typed?: Typed | undefined;
};

/** Before the first word: who answers, how long it takes, what stays private. All but the button may be skipped. */
export function Start({ visit, assets, zone, promise, now, keepDays, openingKey, care, problems = {}, typed }: StartProps) {
  const t = say(visit.language);
  const problem = (name: string) => (problems[name] ? t(problems[name] as Parameters<typeof t>[0]) : undefined);
  const summary = Object.keys(problems).map((name) => [name, problem(name) ?? ""] as const);
  return (
    <Page visit={visit} assets={assets} title={t("startTitle")}>
      <Stack gap={24}>
        <ErrorSummary language={visit.language} problems={summary} />
        <Stack gap={8}>
          <Title>{t("startTitle")}</Title>
          <Text>
            <Strong>{t("whoAnswers")}</Strong> {t("whoAnswersText")}
          </Text>
          <Text>
            <Strong>{t("howLong")}</Strong> {promiseSentence(visit.language, promise, zone, "before", now)}
          </Text>
        </Stack>
        <Form action="/message" id="start">
          <input type="hidden" name="key" value={openingKey} />
          <Area name="words" label={t("words")} hint={t("wordsHint")} typed={typed} problem={problem("words")} />
          <Choices
            name="danger"
            label={t("danger")}
            hint={t("dangerHint")}
            typed={typed}
            value="skip"
            choices={[
              ["yes", t("dangerYes")],
              ["no", t("dangerNo")],
              ["skip", t("dangerSkip")],
            ]}
          />
          <Button big icon="message">
            {t("start")}
          </Button>
          <Soft>{t("everythingOptional")}</Soft>
          <Details summary={t("stage")} open={Boolean(typed)}>
            <Choices
              name="stage"
              label={t("stage")}
              hint={t("stageHint")}
              typed={typed}
              choices={[
                ["pregnant", t("stagePregnant")],
                ["after_birth", t("stageAfterBirth")],
                ["after_loss", t("stageAfterLoss")],
                ["other", t("stageOther")],
              ]}
            />
            <Choices
              name="about"
              label={t("about")}
              typed={typed}
              choices={[
                ["me", t("aboutMe")],
                ["someone_else", t("aboutSomeoneElse")],
              ]}
            />
            <Field name="nickname" label={t("nickname")} hint={t("nicknameHint")} typed={typed} problem={problem("nickname")} maxLength={60} />
            <Choices name="language" label={t("language")} typed={typed} value={visit.language} choices={languages.map((language) => [language, ownName[language]] as const)} />
          </Details>
        </Form>
        <Details summary={t("whatIsPrivate")}>
          <Bullets>
            <li>{t("privateOne")}</li>
            <li>{t("privateTwo")}</li>
            <li>{t("privateThree", { days: keepDays })}</li>
          </Bullets>
        </Details>
        <Stack gap={8}>
          <Text>
            <Strong>{t("notEmergency")}</Strong>
          </Text>
          <CareCard {...care} />
          <Text>{t("privateFour")}</Text>
        </Stack>
        <Text>
          <Link href="/back">{t("comeBackInstead")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}
