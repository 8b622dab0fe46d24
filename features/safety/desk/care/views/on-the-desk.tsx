import type { Typed } from "../../../../../platform/http/form.ts";
import { clockTime, dayAndTime } from "../../../../../platform/time/time.ts";
import { Button, Card, Details, Heading, Notice, Num, PlainList, Preline, Row, Soft, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm, Area, Form } from "../../../../../platform/ui/fields.tsx";
import type { Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { say } from "../../words.ts";
import type { Handover, Load, WishToTalk } from "../types.ts";

/** Says when a rest is due, and that she is having one. */
export function Rest({ staffed: { visit, member }, load }: { staffed: Staffed; load: Load }) {
  const t = say(visit.language);
  if (load.restUntil) return <Notice>{t("restNow", { time: clockTime(load.restUntil, member.zone, visit.language) })}</Notice>;
  if (load.level === "light") return null;
  return (
    <Notice tone="attention">
      <Text>{t(load.level === "full" ? "restFull" : "restTooMuch")}</Text>
      <ActForm action="/safety/mine/rest">
        <Button icon="pause">{t("rest")}</Button>
      </ActForm>
    </Notice>
  );
}

/** For a supervisor: who would like to talk. */
export function Wishes({ staffed: { visit, member }, wishes }: { staffed: Staffed; wishes: readonly WishToTalk[] }) {
  const t = say(visit.language);
  if (wishes.length === 0) return null;
  return (
    <Card>
      <Heading>{t("wishesTitle")}</Heading>
      {wishes.map(({ id, name, at }) => (
        <Row key={id} spread>
          <Soft>
            <Num>{dayAndTime(at, member.zone, visit.language)}</Num>
          </Soft>
          <ActForm action={`/safety/wishes/${id}`}>
            <Button tone="plain">{t("wishAnswer", { name })}</Button>
          </ActForm>
        </Row>
      ))}
    </Card>
  );
}

export function Handovers({ staffed: { visit, member }, handovers }: { staffed: Staffed; handovers: readonly Handover[] }) {
  const t = say(visit.language);
  if (handovers.length === 0) return null;
  return (
    <Card>
      <Heading>{t("handoversTitle")}</Heading>
      <PlainList label={t("handoversTitle")}>
        {handovers.map(({ name, note, at }) => (
          <li key={at.toString() + name}>
            <Preline>{note}</Preline>
            <Soft>
              {name} · <Num>{dayAndTime(at, member.zone, visit.language)}</Num>
            </Soft>
          </li>
        ))}
      </PlainList>
    </Card>
  );
}

export function HandOver({ staffed: { visit }, problem, typed }: { staffed: Staffed; problem: string | undefined; typed: Typed | undefined }) {
  const t = say(visit.language);
  return (
    <Details summary={t("handoverLabel")} open={problem !== undefined}>
      <Form action="/safety/handover">
        <Area name="handover" label={t("handoverLabel")} hint={t("handoverHint")} problem={problem} typed={typed} />
        <Button tone="plain">{t("handoverGive")}</Button>
      </Form>
    </Details>
  );
}
