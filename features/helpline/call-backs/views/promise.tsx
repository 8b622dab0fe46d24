import { Button, Card, Columns, Facts, Heading, LinkButton, Notice, Num, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, Choices, Form } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { clockTime, dayAndTime, zoneName, type Instant } from "../../../../platform/time/time.ts";
import { may } from "../../policy.ts";
import type { Revealed } from "../commands.ts";
import { endings } from "../forms.ts";
import type { CallBack } from "../queries.ts";
import { isOverdue, mayTakeOver } from "../rules.ts";
import { say } from "../words.ts";
import { keeper } from "./list.tsx";
import { Reach } from "./reach.tsx";

export type RefusedKey = "notYours" | "ownedByVolunteer" | "alreadyDone" | "contactGone" | "triesMissing" | "choice";
export type PromiseProps = { readonly staffed: Staffed; readonly promise: CallBack; readonly now: Instant; readonly refused?: RefusedKey | undefined; readonly revealed?: Revealed | undefined };

/** One promise: what was promised, how to reach them (only when asked), how each try went, how it ended. */
export function PromisePage(props: PromiseProps) {
  const { staffed, promise, refused } = props;
  const t = say(staffed.visit.language);
  const title = t(promise.way === "here" ? "titleHere" : "title");
  return (
    <StaffPage staffed={staffed} title={title} current="desk">
      <Stack gap={24}>
        <Title>{title}</Title>
        {refused ? <Notice tone="attention">{t(refused === "choice" ? "problemChoice" : `refused_${refused}`)}</Notice> : null}
        <Columns>
          <Stack gap={24}>{promise.doneAt ? <Notice tone="done">{t(`kept_${promise.outcome ?? "withdrawn"}`)}</Notice> : <ToDo {...props} />}</Stack>
          <About {...props} />
        </Columns>
        <LinkButton href="/desk/call-backs" tone="quiet" icon="back">
          {t("backToList")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function About({ staffed: { visit, member }, promise, now }: PromiseProps) {
  const { language } = visit;
  const t = say(language);
  const tried = promise.tries.map(({ name, at, reached }) => (
    <div key={at.toString()}>
      <Num>{t(reached ? "triedReached" : "tried", { name, time: dayAndTime(at, member.zone, language) })}</Num>
    </div>
  ));
  const theirs = promise.zone ? `${clockTime(now, promise.zone, language)} (${zoneName(promise.zone, language, now)})` : undefined;
  return (
    <Card>
      {isOverdue(promise.dueAt, now) && !promise.doneAt ? (
        <Row>
          <Tag tone="lamp">{t("overdue")}</Tag>
        </Row>
      ) : null}
      <Facts
        rows={[
          [t("dueLabel"), <Num>{dayAndTime(promise.dueAt, member.zone, language)}</Num>],
          [t("wayLabel"), t(`way_${promise.way}`)],
          [t("languageLabel"), t(`lang_${promise.language}`)],
          ...(promise.bestTime ? [[t("bestTimeLabel"), t(`time_${promise.bestTime}`)] as const] : []),
          ...(theirs ? [[t("theirTimeLabel"), <Num>{theirs}</Num>] as const] : []),
          [t("keeperLabel"), keeper(promise, member.memberId, language)],
          [t("triesLabel"), tried.length === 0 ? t("tries", { count: 0 }) : tried],
        ]}
      />
    </Card>
  );
}

function ToDo(props: PromiseProps) {
  const { staffed, promise, revealed } = props;
  const { member, visit } = staffed;
  const t = say(visit.language);
  const path = `/desk/call-backs/${promise.id}`;
  const mine = may("revealContact", member.roles, promise.owner?.id === member.memberId);
  if (promise.erased) return <Notice>{t("erased")}</Notice>;
  return (
    <>
      {mayTakeOver(member, promise.owner) ? (
        <ActForm action={`${path}/take`}>
          <Button icon="check" tone={mine ? "plain" : "primary"}>
            {t("take")}
          </Button>
          <Soft>{t("takeHint")}</Soft>
        </ActForm>
      ) : null}
      {promise.way === "here" ? (
        <Card>
          <Text>{t("hereText")}</Text>
          <LinkButton href="/desk" tone="plain">
            {t("toQueue")}
          </LinkButton>
        </Card>
      ) : revealed ? (
        <Reach language={visit.language} revealed={revealed} />
      ) : (
        <Contact {...{ promise, mine, path }} language={visit.language} />
      )}
      {mine && promise.way !== "here" ? <Outcome {...{ promise, path }} language={visit.language} /> : null}
    </>
  );
}

type Part = { readonly promise: CallBack; readonly path: string; readonly language: Staffed["visit"]["language"] };

function Contact({ promise, mine, path, language }: Part & { mine: boolean }) {
  const t = say(language);
  if (!promise.hasContact) return <Notice>{t("contactGone")}</Notice>;
  if (!mine) return <Soft>{t("revealNeeds")}</Soft>;
  return (
    <ActForm action={`${path}/reveal`}>
      <Button icon="eye">{t("reveal")}</Button>
      <Soft>{t("revealHint")}</Soft>
    </ActForm>
  );
}

function Outcome({ promise, path, language }: Part) {
  const t = say(language);
  const reached = promise.tries.some((one) => one.reached);
  return (
    <Card>
      <Heading>{t("howItWent")}</Heading>
      <Row>
        <ActForm action={`${path}/try`} fields={{ reached: "yes" }}>
          <Button tone="plain" icon="check">
            {t("reachedYes")}
          </Button>
        </ActForm>
        <ActForm action={`${path}/try`} fields={{ reached: "no" }}>
          <Button tone="plain">{t("reachedNo")}</Button>
        </ActForm>
      </Row>
      <Soft>{t("tryHint")}</Soft>
      <Form action={`${path}/close`}>
        <Choices name="outcome" label={t("outcome")} choices={endings.map((ending) => [ending, t(`outcome_${ending}`)] as const)} value={reached ? "reached" : ""} />
        <Button>{t("endButton")}</Button>
      </Form>
    </Card>
  );
}
