import { dayAndTime, zoneName } from "../../../../platform/time/time.ts";
import { Button, LinkButton, Notice, Num, Soft, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Area, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { Meeting } from "../../types.ts";
import type { MessageRefusal } from "../rules.ts";
import type { Message } from "../types.ts";
import { say } from "../words.ts";
import { Messages } from "./messages.tsx";

/** What was not sent, and why: shown again with what she typed. */
export type Unsent = { readonly problem: "problemWords" | `refused_${MessageRefusal}`; readonly typed: string };
type Props = { readonly staffed: Staffed; readonly meeting: Meeting; readonly messages: readonly Message[]; readonly messageKey: string; readonly sent: boolean; readonly unsent?: Unsent | undefined };

/** One message to all who have a seat in a meeting or wait for one. */
export function WriteToSeats({ staffed, meeting: { series, session }, messages, messageKey, sent, unsent }: Props) {
  const { visit: { language }, member } = staffed;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("title")} current="groups">
      <FormColumn>
        {sent ? <Notice tone="done">{t("sent")}</Notice> : null}
        <Title small>{t("title")}</Title>
        <Text>
          {`${series.kind.name[language]}, `}
          <Num>{`${dayAndTime(session.starts, member.zone, language)}, ${zoneName(member.zone, language, session.starts)}`}</Num>
        </Text>
        <Text>{t("whoReads")}</Text>
        <Form action={`/evenings/${session.id}/message`}>
          <Carried name="key" value={messageKey} />
          <Area name="message" label={t("label")} hint={t("hint")} required {...(unsent ? { value: unsent.typed, problem: t(unsent.problem) } : {})} />
          <Button icon="send">{t("send")}</Button>
        </Form>
        <Soft>{t("goes")}</Soft>
        <Messages {...{ language, messages }} zone={member.zone} title={t("before")} />
        <LinkButton href="/evenings" tone="quiet" icon="back">
          {t("toMeeting")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}
