import { dayAndTime, type Instant } from "../../../../../platform/time/time.ts";
import { Button, Card, Details, Heading, LinkButton, Num, Row, Soft, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { Area, Choices, Form, Select } from "../../../../../platform/ui/fields.tsx";
import type { Staffed } from "../../../../../platform/ui/staff-page.tsx";
import type { CaseProps } from "../../views/case.tsx";
import { say, type DeskKey } from "../../words.ts";
import { isOpen, mayAnswer, mayReview, waitsForSecond, wordsClosed } from "../rules.ts";
import { lookReasons, type Look } from "../types.ts";

/** What is closed on this case, who asked to see it, and the way to ask. */
export function Looks(props: CaseProps) {
  const { staffed, one, looks, nameBehind, now } = props;
  const t = say(staffed.visit.language);
  const closed = wordsClosed(one.state);
  if (one.erased || (!closed && !one.withoutName && looks.length === 0)) return null;
  const me = staffed.member.memberId;
  return (
    <Card>
      <Heading>{t("looksTitle")}</Heading>
      <Soft>{t("looksHint")}</Soft>
      {nameBehind === undefined ? null : <Strong>{t("nameBehind", { name: nameBehind })}</Strong>}
      {looks.map((look) => (
        <OneLook key={look.id} {...{ staffed, look, now, me, path: `/safety/cases/${one.id}/looks/${look.id}` }} />
      ))}
      {closed || one.withoutName ? <AskToLook {...props} /> : null}
    </Card>
  );
}

function OneLook({ staffed: { visit, member }, look, now, me, path }: { staffed: Staffed; look: Look; now: Instant; me: Look["askedBy"]; path: string }) {
  const t = say(visit.language);
  const time = (at: Instant) => dayAndTime(at, member.zone, visit.language);
  const stands = isOpen(look, now) && look.endsAt ? t("lookOpen", { time: time(look.endsAt) }) : waitsForSecond(look) ? t("lookWaits") : t("lookOver");
  const answers = mayAnswer(look, me) ? (["answer", "lookYes", "lookNo"] as const) : mayReview(look, me) ? (["review", "reviewYes", "reviewNo"] as const) : undefined;
  return (
    <div>
      <Text>
        <Strong>{t("lookAsked", { name: look.name, what: t(`look_${look.what}`) })}</Strong>: {t(`lookReason_${look.reason}`)}
      </Text>
      {look.note ? <Text>{look.note}</Text> : null}
      <Soft>
        <Num>{time(look.askedAt)}</Num> · {stands}
      </Soft>
      {look.reviewDueAt && look.wasRight === undefined ? <Soft>{t("reviewDue", { time: time(look.reviewDueAt) })}</Soft> : null}
      {look.wasRight === undefined ? null : <Soft>{t(look.wasRight ? "wasRight" : "wasNotRight")}</Soft>}
      {answers ? (
        <Form action={`${path}/${answers[0]}`}>
          <Row>
            <Button name="yes" value="yes" tone="plain">
              {t(answers[1])}
            </Button>
            <Button name="yes" value="no" tone="plain">
              {t(answers[2])}
            </Button>
          </Row>
        </Form>
      ) : null}
    </div>
  );
}

function AskToLook({ staffed, one, problems = {}, typed }: CaseProps) {
  const t = say(staffed.visit.language);
  const problem = (name: string) => (problems[name] ? t(problems[name] as DeskKey) : undefined);
  const things = [...(wordsClosed(one.state) ? (["words"] as const) : []), ...(one.withoutName ? (["name"] as const) : [])];
  return (
    <Details summary={t("lookAsk")} open={["what", "lookReason", "lookNote", "how"].some((name) => problem(name) !== undefined)}>
      <Form action={`/safety/cases/${one.id}/looks`}>
        <Choices name="what" label={t("lookWhat")} problem={problem("what")} typed={typed} choices={things.map((what) => [what, t(`look_${what}`)])} />
        <Select name="lookReason" label={t("lookWhy")} hint={t("lookWhyHint")} problem={problem("lookReason")} typed={typed} choices={lookReasons.map((reason) => [reason, t(`lookReason_${reason}`)])} />
        <Area name="lookNote" label={t("lookNote")} hint={t("lookNoteHint")} problem={problem("lookNote")} typed={typed} />
        <Choices name="how" label={t("lookHow")} problem={problem("how")} typed={typed} choices={[["two", t("lookTwo")], ["alone", t("lookAlone"), t("lookAloneHint")]]} />
        <Button tone="plain" icon="eye">
          {t("lookSend")}
        </Button>
      </Form>
    </Details>
  );
}

/** On the list of what waits: looks of colleagues that need another. */
export function LooksWaiting({ staffed: { visit }, looks }: { staffed: Staffed; looks: readonly Look[] }) {
  const t = say(visit.language);
  if (looks.length === 0) return null;
  return (
    <Card>
      <Heading>{t("looksWaiting")}</Heading>
      {looks.map((look) => (
        <Row key={look.id} spread>
          <Text>{t(waitsForSecond(look) ? "lookAsked" : "lookedAlone", { name: look.name, what: t(`look_${look.what}`) })}</Text>
          <LinkButton href={`/safety/cases/${look.caseId}`} tone="plain">
            {t("openCase")}
          </LinkButton>
        </Row>
      ))}
    </Card>
  );
}
