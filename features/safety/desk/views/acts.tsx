import { Button, Details, Heading, Preline, Soft, Stack, Text } from "../../../../platform/ui/basics.tsx";
import { ActForm, Area, Choices, Field, Form, Select } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { decisions, ruleIds, strikeKinds } from "../../types.ts";
import { decisionsPossible, mayAskForOpinion, mayClaim, mayDecideAppeal, mayGiveOpinion, mayStrike } from "../rules.ts";
import { phraseIds, say, type DeskKey } from "../words.ts";
import type { CaseProps } from "./case.tsx";

/** What she can do with it now; what she cannot is not offered. */
export function Acts(props: CaseProps) {
  const { staffed, one, now } = props;
  const { state } = one;
  const me = staffed.member.memberId;
  const t = say(staffed.visit.language);
  const hers = mayClaim(state, me, now) === undefined;
  return (
    <Stack gap={24}>
      {state.appealWaits ? mayDecideAppeal(state, me, now) ? <Text>{t(state.last?.by === me ? "youDecidedHint" : "refused_someoneHasIt")}</Text> : <Appeal {...props} /> : null}
      {mayGiveOpinion(state, me) ? null : <Opinion {...props} />}
      {hers && decisionsPossible(state).length > 0 ? <Decide {...props} /> : null}
      {hers && !state.appealWaits ? mayAskForOpinion(state, me, now) ? state.opinionAskedBy === me ? <TakeBack {...props} /> : null : <Ask {...props} /> : null}
      {mayStrike(state, me, { kind: "note" }) ? null : <Strike {...props} />}
    </Stack>
  );
}

const use = ({ staffed, one, problems = {} }: CaseProps) => {
  const t = say(staffed.visit.language);
  return { t, to: (act: string) => `/safety/cases/${one.id}/${act}`, problem: (name: string) => (problems[name] ? t(problems[name] as DeskKey) : undefined) };
};

function Decide(props: CaseProps) {
  const { one, subject, typed } = props;
  const { t, to, problem } = use(props);
  return (
    <Stack>
      <Heading>{t("decideTitle")}</Heading>
      <Form action={to("decide")}>
        <Carried name="postLanguage" value={subject?.language ?? "en"} />
        <Choices name="decision" label={t("decisionLabel")} problem={problem("decision")} typed={typed} choices={decisionsPossible(one.state).map((one) => [one, t(`do_${one}`)])} />
        <Select name="rule" label={t("ruleLabel")} hint={t("ruleHint")} problem={problem("rule")} typed={typed} choices={[["", t("ruleNone")], ...ruleIds.map((rule) => [rule, t(`rule_${rule}`)] as const)]} />
        <Select name="phrase" label={t("phraseLabel")} hint={t("phraseHint")} typed={typed} choices={[["", t("phraseNone")], ...phraseIds.map((phrase) => [phrase, t(`phrase_${phrase}`)] as const)]} />
        <Area name="note" label={t("noteLabel")} hint={t("noteHint")} problem={problem("note")} typed={typed} />
        <Button icon="check">{t("decide")}</Button>
      </Form>
    </Stack>
  );
}

function Ask(props: CaseProps) {
  const { t, to, problem } = use(props);
  return (
    <Details summary={t("opinionTitle")} open={problem("question") !== undefined}>
      <Form action={to("ask")}>
        <Area name="question" label={t("questionLabel")} hint={t("askHint")} problem={problem("question")} typed={props.typed} />
        <Button tone="plain">{t("ask")}</Button>
      </Form>
    </Details>
  );
}

function TakeBack(props: CaseProps) {
  const { t, to } = use(props);
  return (
    <Stack>
      <Soft>{t("opinionWaitsForOthers")}</Soft>
      <ActForm action={to("take-back")}>
        <Button tone="plain">{t("takeBack")}</Button>
      </ActForm>
    </Stack>
  );
}

function Opinion(props: CaseProps) {
  const { one, typed } = props;
  const { t, to, problem } = use(props);
  const asked = one.opinions.find(({ given }) => given === undefined);
  return (
    <Stack>
      <Heading>{t("opinionTitle")}</Heading>
      {asked ? <Text>{asked.question ? t("asked", { name: asked.askedBy, question: asked.question }) : t("askedBare", { name: asked.askedBy })}</Text> : null}
      <Form action={to("opinion")}>
        <Choices name="would" label={t("wouldLabel")} problem={problem("would")} typed={typed} choices={decisions.filter((one) => one !== "put_back").map((one) => [one, t(`do_${one}`)])} />
        <Area name="opinion" label={t("opinionWords")} problem={problem("opinion")} typed={typed} />
        <Button>{t("giveOpinion")}</Button>
      </Form>
    </Stack>
  );
}

function Strike(props: CaseProps) {
  const { typed } = props;
  const { t, to, problem } = use(props);
  return (
    <Details summary={t("strikeTitle")} open={["kind", "strikeRule", "days", "strikeNote"].some((name) => problem(name) !== undefined)}>
      <Text>{t("strikeHint")}</Text>
      <Form action={to("strike")}>
        <Choices name="kind" label={t("strikeKindLabel")} problem={problem("kind")} typed={typed} choices={strikeKinds.map((kind) => [kind, t(`strike_${kind}`)])} />
        <Field name="days" type="number" min={1} max={30} label={t("daysLabel")} hint={t("daysHint")} problem={problem("days")} typed={typed} />
        <Select name="strikeRule" label={t("strikeRuleLabel")} problem={problem("strikeRule")} typed={typed} choices={ruleIds.map((rule) => [rule, t(`rule_${rule}`)] as const)} />
        <Area name="strikeNote" label={t("strikeNote")} problem={problem("strikeNote")} typed={typed} />
        <Button tone="plain">{t("strike")}</Button>
      </Form>
    </Details>
  );
}

function Appeal(props: CaseProps) {
  const { one, typed } = props;
  const { t, to, problem } = use(props);
  const made = one.appeals.find(({ answered }) => answered === undefined);
  return (
    <Stack>
      <Heading>{t("appealTitle")}</Heading>
      <Soft>{t("appealWords")}</Soft>
      {made?.words ? <Preline>{made.words}</Preline> : null}
      <Form action={to("appeal")}>
        <Choices name="outcome" label={t("outcomeLabel")} problem={problem("outcome")} typed={typed} choices={(["gave_way", "stands"] as const).map((outcome) => [outcome, t(`outcome_${outcome}`)])} />
        <Area name="answer" label={t("answerWords")} problem={problem("answer")} typed={typed} />
        <Button>{t("answer")}</Button>
      </Form>
    </Stack>
  );
}
