import { Button, Details, Heading, Notice, Row, Soft, Stack, Strong, Bullets, Link } from "../../../../platform/ui/basics.tsx";
import { Area, Form } from "../../../../platform/ui/fields.tsx";
import { Ladder, Question, SendTo } from "../../../../platform/ui/worksheet.tsx";
import { concernSteps, worksheetAnswers, worksheetAreas } from "../../types.ts";
import { typedOf } from "../forms.ts";
import type { Concern } from "../queries.ts";
import { openParts } from "../rules.ts";
import { say } from "../words.ts";
import type { ConcernProps } from "./concern.tsx";
import { Answers } from "./sheet-read.tsx";

/** The sheet to fill in: seven questions, own words, the next step. It may be saved half done; it closes only whole. */
export function SheetForm({ staffed, id, concern, notice, problems = {}, typed }: ConcernProps & { concern: Concern }) {
  const { language } = staffed.visit;
  const t = say(language);
  const shown = typed ?? typedOf(concern);
  const problem = (field: string) => (problems[field] ? t(problems[field] as "problemChoice") : undefined);
  const choices = worksheetAnswers.map((answer) => [answer, t(answer)] as const);
  const action = `/desk/conversations/${id}/concern`;
  return (
    <Stack gap={24}>
      {notice === "someoneElseSaved" ? (
        <Details summary={t("theirs")} open>
          <Answers {...{ concern, language }} />
        </Details>
      ) : null}
      <Stack gap={8}>
        <Heading>{t("sheetTitle")}</Heading>
        <Soft>{t("sheetIntro")}</Soft>
      </Stack>
      <Form action={action}>
        <input type="hidden" name="version" value={concern.version} />
        {worksheetAreas.map((area) => (
          <Question key={area} name={area} label={t(area)} guide={t(`${area}Guide`)} problem={problem(area)} {...{ choices }} typed={shown} />
        ))}
        <Area name="words" label={t("wordsLabel")} hint={t("wordsHint")} problem={problem("words")} typed={shown} rows={6} />
        <Ladder name="step" label={t("step")} guide={t("stepGuide")} problem={problem("step")} steps={concernSteps.map((step) => [step, t(step), t(`${step}Hint`)])} typed={shown} />
        <Row>
          <Button icon="note">{t("save")}</Button>
          <SendTo action={`${action}/close`}>{t("close")}</SendTo>
        </Row>
      </Form>
    </Stack>
  );
}

/** Why it stays open: what has no answer yet, each a link to its question. */
export function NotYet({ concern, language }: { concern: Concern; language: Parameters<typeof say>[0] }) {
  const t = say(language);
  const open = openParts(concern.worksheet, concern.step);
  return (
    <Notice tone="attention">
      <Strong>{t("cantCloseYet")}</Strong>
      {open.length > 0 ? (
        <>
          <p>{t("stillOpen")}</p>
          <Bullets>
            {open.map((part) => (
              <li key={part}>
                <Link href={`#${part}`}>{part === "step" ? t("stepMissing") : t(part)}</Link>
              </li>
            ))}
          </Bullets>
        </>
      ) : null}
      {concern.acknowledgedAt ? null : <p>{t("notAcknowledged")}</p>}
    </Notice>
  );
}
