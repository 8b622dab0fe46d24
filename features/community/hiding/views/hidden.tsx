import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { Button, Heading, PlainList, Soft, Text } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { OwnPage } from "../../mine/views/own-page.tsx";
import { say, type CommunityKey } from "../../words.ts";
import type { Hidden } from "../types.ts";
import { longestWord } from "../rules.ts";

type Props = { visit: Visit; assets: Assets; hidden: readonly Hidden[]; zone: string; problem?: string | undefined; typed?: string | undefined; said: CommunityKey | undefined };

/** All that she hides, each to be shown again. */
export function HiddenPage({ visit, assets, hidden, zone, problem, typed, said }: Props) {
  const { language } = visit;
  const t = say(language);
  const says = problem && t(problem as CommunityKey);
  return (
    <OwnPage visit={visit} assets={assets} title="hiddenTitle" lead="hiddenLead" said={said}>
      <ErrorSummary language={language} problems={says ? [["word", says]] : []} />
      {hidden.length === 0 ? <Text>{t("hiddenNone")}</Text> : null}
      <PlainList label={t("hiddenTitle")}>
        {hidden.map((one) => (
          <Line
            key={`${one.kind} ${one.id}`}
            acts={
              <ActForm action="/community/hidden/show" fields={{ kind: one.kind, id: one.id }}>
                <Button tone="plain">{t("showAgain", { name: one.name })}</Button>
              </ActForm>
            }
          >
            <Text>{one.name}</Text>
            <Soft>{`${t(`hidden_${one.kind}`)} · ${dayAndTime(one.at, zone, language)}`}</Soft>
          </Line>
        ))}
      </PlainList>
      <Form action="/community/hidden/words">
        <Heading>{t("wordsTitle")}</Heading>
        <Field name="word" label={t("wordLabel")} hint={t("wordHint")} value={typed} problem={says} maxLength={longestWord} />
        <Button tone="plain">{t("wordAdd")}</Button>
      </Form>
    </OwnPage>
  );
}
