import type { Problems } from "../../../../../platform/http/form.ts";
import { Button, Card, Facts, Heading, JustDone, Lead, LinkButton, Num, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../../platform/ui/board.tsx";
import { ActForm, Check, Choices, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { say, type DeskKey } from "../../words.ts";
import { softCap } from "../rules.ts";
import { feelings, topics, type Mine } from "../types.ts";
import { Rest } from "./on-the-desk.tsx";

type Props = { readonly staffed: Staffed; readonly mine: Mine; readonly done: boolean; readonly problems: Problems };

/** What she carries, her week, what she leaves to others. Nobody else is shown any of it. */
export function MinePage({ staffed, mine, done, problems }: Props) {
  const t = say(staffed.visit.language);
  const num = (value: number) => <Num>{value}</Num>;
  const { week, load } = mine;
  return (
    <StaffPage staffed={staffed} title={t("mineTitle")} current="safety">
      <Measure>
        <Stack gap={24}>
          <Title>{t("mineTitle")}</Title>
          <Lead>{t("mineLead")}</Lead>
          <ErrorSummary language={staffed.visit.language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as DeskKey)] as const)} />
          {done ? <JustDone>{t("careDone")}</JustDone> : null}
          <Rest {...{ staffed, load }} />
          <How {...{ staffed, mine, problems }} />
          <Card>
            <Heading>{t("loadTitle")}</Heading>
            <Text>{t("loadLine", { points: load.points, cap: softCap })}</Text>
            {load.level === "light" && !load.restUntil ? (
              <ActForm action="/safety/mine/rest">
                <Button tone="plain" icon="pause">
                  {t("rest")}
                </Button>
              </ActForm>
            ) : null}
          </Card>
          <Card>
            <Heading>{t("weekTitle")}</Heading>
            <Facts
              rows={[
                [t("weekRead"), num(week.read)],
                ...week.byPriority.filter(({ read }) => read > 0).map(({ priority, read }) => [t(`priority_${priority}`), num(read)] as const),
                [t("weekPoints"), num(week.points)],
                [t("weekBefore"), num(week.pointsBefore)],
                [t("weekBreaks"), num(week.breaks)],
              ]}
            />
          </Card>
          <Form action="/safety/mine/topics">
            <Heading>{t("topicsTitle")}</Heading>
            <Choices several name="topics" label={t("topicsLabel")} hint={t("topicsHint")} value={mine.topics.join(" ")} choices={topics.map((topic) => [topic, t(`topic_${topic}`)])} />
            <Button tone="plain">{t("topicsKeep")}</Button>
          </Form>
          <LinkButton href="/safety" tone="quiet" icon="back">
            {t("backToDesk")}
          </LinkButton>
        </Stack>
      </Measure>
    </StaffPage>
  );
}

function How({ staffed, mine, problems }: Omit<Props, "done">) {
  const t = say(staffed.visit.language);
  const problem = problems["how"] ? t(problems["how"] as DeskKey) : undefined;
  return (
    <Form action="/safety/mine/how">
      <Heading>{t(mine.askHow ? "howTitle" : "howTitleAny")}</Heading>
      <Choices name="how" label={t("howLabel")} problem={problem} choices={feelings.map((feeling) => [feeling, t(`feeling_${feeling}`)])} />
      <Check name="wantsTalk" label={t("wantsTalk")} hint={t("wantsTalkHint")} />
      <Button tone="plain">{t("howKeep")}</Button>
    </Form>
  );
}
