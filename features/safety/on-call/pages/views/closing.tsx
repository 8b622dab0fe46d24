import { Button, Card, Facts, Heading, Text } from "../../../../../platform/ui/basics.tsx";
import { Choices, Form } from "../../../../../platform/ui/fields.tsx";
import { Question } from "../../../../../platform/ui/worksheet.tsx";
import { answers, outcomes, questions } from "../../types.ts";
import { say, type OnCallKey } from "../../words.ts";
import type { PageScreenProps } from "./page.tsx";

/** The checklist, and how it ended; sent whole. */
export function Closing({ staffed: { visit: { language } }, page, problems = {}, typed = {} }: PageScreenProps) {
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as OnCallKey) : undefined);
  return (
    <Form action={`/safety/pages/${page.id}/close`}>
      <Heading>{t("listTitle")}</Heading>
      <Text>{t("listIntro")}</Text>
      {questions.map((question) => (
        <Question key={question} name={question} label={t(`q_${question}`)} guide={t(`q_${question}Guide`)} choices={answers.map((answer) => [answer, t(`answer_${answer}`)] as const)} typed={typed} problem={problem(question)} />
      ))}
      <Choices name="outcome" label={t("outcomeLabel")} problem={problem("outcome")} typed={typed} choices={outcomes.map((outcome) => [outcome, t(`outcome_${outcome}`)] as const)} />
      <Button icon="check">{t("closeIt")}</Button>
    </Form>
  );
}

/** The list as it was answered. */
export function AnswersRead({ staffed: { visit: { language } }, page }: PageScreenProps) {
  const t = say(language);
  const answered = questions.flatMap((question) => {
    const answer = page.answers.get(question);
    return answer ? [[t(`q_${question}`), t(`answer_${answer}`)] as const] : [];
  });
  return (
    <Card>
      <Heading>{t("listTitle")}</Heading>
      <Facts rows={answered} />
    </Card>
  );
}
