import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { languageName } from "../../../../platform/i18n/names.ts";
import { languages, ownName } from "../../../../platform/i18n/words.ts";
import { clockTime, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Details, Lead, LinkButton, Notice, Num, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { ActForm, Choices, ErrorSummary, Form, Select } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { RingButton } from "../../../../platform/ui/talk.tsx";
import type { Held } from "../../queries.ts";
import type { RefusalKey, Waiting } from "../../types.ts";
import { shiftHours } from "../forms.ts";
import type { MyShift } from "../queries.ts";
import { say } from "../words.ts";
import { DeskQueue } from "./queue.tsx";

export const refusalWords = {
  alreadyTaken: "refusedAlreadyTaken",
  notOnDuty: "refusedNotOnDuty",
  capReached: "refusedCapReached",
  conversationEnded: "refusedConversationEnded",
  notYours: "refusedNotYours",
  nobodyToHandTo: "refusedNobodyToHandTo",
  noteMissing: "refusedNoteMissing",
  worksheetHalfDone: "refusedNotYours",
  notAcknowledged: "refusedNotYours",
  triesMissing: "refusedNotYours",
  keyTaken: "sendFailed",
} as const satisfies Record<RefusalKey, string>;

type Props = {
  visit: Visit;
  assets: Assets;
  member: SignedIn;
  zone: string;
  now: Instant;
  shift: MyShift | undefined;
  waiting: readonly Waiting[];
  held: readonly Held[];
  refused?: RefusalKey | undefined;
  problems?: Problems | undefined;
  typed?: Typed | undefined;
};

/** A volunteer's evening: her shift, who waits, who is with her. */
export function Desk({ visit, assets, member, zone, now, shift, waiting, held, refused, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const { language } = visit;
  const list = new Intl.ListFormat(language);
  return (
    <Page visit={visit} assets={assets} title={t("deskTitle")} wide scripts={["live", "conversation"]} refresh={20} menu={<DeskMenu language={language} roles={member.roles} current="desk" />}>
      <Stack gap={24}>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "problemLanguages")] as const)} />
        <Row spread>
          <Title>{t("deskTitle")}</Title>
          <LinkButton href="/desk/call-backs" tone="plain" icon="phone">
            {t("toCallBacks")}
          </LinkButton>
        </Row>
        {refused ? (
          <Notice tone="attention">
            <Text>{t(refusalWords[refused])}</Text>
          </Notice>
        ) : null}
        {shift ? (
          <Stack gap={8}>
            <Row spread>
              <Text>
                <Num>{t("onDutyUntil", { time: clockTime(shift.endsAt, zone, language), languages: list.format(shift.languages.map((one) => languageName(one, language))), cap: shift.cap })}</Num>
              </Text>
              <ActForm action="/desk/shift/end">
                <Button tone="plain" icon="pause">
                  {t("goOffDuty")}
                </Button>
              </ActForm>
            </Row>
            <Soft>{t("goOffHint")}</Soft>
            <RingButton label={t("pushOn")} done={t("pushDone")} />
          </Stack>
        ) : (
          <Lead>{t("offDutyLead")}</Lead>
        )}
        {shift && Object.keys(problems).length === 0 ? (
          <Details summary={t("changeShift")}>
            <ShiftForm {...{ visit, shift, problems, typed }} />
          </Details>
        ) : (
          <ShiftForm {...{ visit, shift, problems, typed }} />
        )}
        <LiveSource src="/desk/stream" />
        <DeskQueue waiting={waiting} held={held} shift={shift} language={language} now={now} />
      </Stack>
    </Page>
  );
}

function ShiftForm({ visit, shift, problems, typed }: { visit: Visit; shift: MyShift | undefined; problems: Problems; typed: Typed | undefined }) {
  const t = say(visit.language);
  return (
    <Form action="/desk/shift">
      <Choices
        name="languages"
        several
        label={t("languages")}
        typed={typed}
        value={shift ? shift.languages.join(" ") : visit.language}
        problem={problems["languages"] ? t("problemLanguages") : undefined}
        choices={languages.map((language) => [language, ownName[language]] as const)}
      />
      <Select name="cap" label={t("cap")} hint={t("capHint")} typed={typed} value={String(shift?.cap ?? 1)} choices={["1", "2", "3", "4", "5"].map((cap) => [cap, cap] as const)} />
      <Select name="hours" label={t("hours")} typed={typed} value="2" choices={shiftHours.map((hours) => [String(hours), t("hoursChoice", { hours })] as const)} />
      <Button icon="play">{t("goOnDuty")}</Button>
    </Form>
  );
}
