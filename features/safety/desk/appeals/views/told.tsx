import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import type { Visit } from "../../../../../platform/http/visit.ts";
import { dayAndTime, type Instant } from "../../../../../platform/time/time.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Button, Card, Lead, Notice, Preline, Soft, Stack, Strong, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Area, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import type { DecisionToAuthor, Refusal } from "../../types.ts";
import { say, type DeskKey } from "../../words.ts";

type Props = { readonly visit: Visit; readonly assets: Assets; readonly zone: string; readonly told: DecisionToAuthor; readonly refused?: Refusal["refused"] | undefined; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** What was decided about her own post: the true state, the rule, the words to her, and the way to ask for another look. */
export function ToldPage({ visit, assets, zone, told, refused, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const time = (at: Instant) => dayAndTime(at, zone, visit.language);
  const { decision, rule, note, byRole, at, appeal, strike } = told;
  const problem = problems["appeal"] ? t(problems["appeal"] as DeskKey) : undefined;
  return (
    <Page visit={visit} assets={assets} title={t("toldTitle")}>
      <Stack gap={24}>
        <Title>{t("toldTitle")}</Title>
        <ErrorSummary language={visit.language} problems={problem ? [["appeal", problem]] : []} />
        {refused ? <Notice tone="attention">{t(`refused_${refused}`)}</Notice> : null}
        <Lead>{t(`told_${decision}`)}</Lead>
        <Card>
          {rule ? <Text>{t("ruleNamed", { rule: t(`rule_${rule}`) })}</Text> : null}
          {note ? (
            <>
              <Strong>{t("toldNote")}</Strong>
              <Preline>{note}</Preline>
            </>
          ) : null}
          <Soft>
            {t(`toldBy_${byRole}`)} · {time(at)}
          </Soft>
        </Card>
        {strike ? (
          <Card>
            <Text>{t(`toldStrike_${strike.kind}`, { time: strike.endsAt ? time(strike.endsAt) : "" })}</Text>
            <Text>{t("ruleNamed", { rule: t(`rule_${strike.rule}`) })}</Text>
            {strike.note ? <Preline>{strike.note}</Preline> : null}
            {strike.liftedAt ? <Strong>{t("toldLifted")}</Strong> : null}
          </Card>
        ) : null}
        {appeal?.state === "waits" ? <Notice>{t("appealWaits")}</Notice> : null}
        {appeal?.state === "stands" || appeal?.state === "gave_way" ? (
          <Notice>
            <Text>{t(appeal.state === "stands" ? "appealStands" : "appealGaveWay")}</Text>
            {appeal.words ? <Preline>{appeal.words}</Preline> : null}
          </Notice>
        ) : null}
        {appeal?.state === "open" ? (
          <Form action={`/safety/decisions/${told.id}/appeal`}>
            <Text>{t("appealOpen", { time: time(appeal.until) })}</Text>
            <Area name="appeal" label={t("appealLabel")} problem={problem} typed={typed} />
            <Button icon="send">{t("appealSend")}</Button>
          </Form>
        ) : null}
      </Stack>
    </Page>
  );
}
