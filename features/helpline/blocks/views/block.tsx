import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { ConversationId } from "../../../../platform/http/scope.ts";
import { Button, LinkButton, Notice, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { Choices, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { blockHours } from "../rules.ts";
import { blockReasons, type Block, type Blocking } from "../types.ts";
import { say } from "../words.ts";

type Key = Parameters<ReturnType<typeof say>>[0];
export type BlockProps = { readonly staffed: Staffed; readonly id: ConversationId; readonly blocking: Blocking; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** Keeping an abusive opener out for a time: what it does, whom else it may meet, why, and for how long. */
export function BlockPage({ staffed, id, blocking, problems = {}, typed }: BlockProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("title")} current="desk">
      <Measure>
        <Title>{t("title")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as Key)] as const)} />
        {blocking.block ? <InForce staffed={staffed} block={blocking.block} /> : blocking.known ? <Ask {...{ staffed, id, problems, typed }} /> : <Text>{t("unknown")}</Text>}
        <LinkButton href={`/desk/conversations/${id}`} tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Measure>
    </StaffPage>
  );
}

function Ask({ staffed, id, problems = {}, typed }: Omit<BlockProps, "blocking">) {
  const t = say(staffed.visit.language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as Key) : undefined);
  return (
    <Stack gap={24}>
      <Text>{t("intro")}</Text>
      <Text>{t("stays")}</Text>
      <Notice tone="attention">{t("care")}</Notice>
      <Form action={`/desk/conversations/${id}/block`}>
        <Choices name="reason" label={t("reason")} problem={problem("reason")} typed={typed} choices={blockReasons.map((reason) => [reason, t(`reason_${reason}`)] as const)} />
        <Choices name="hours" label={t("hours")} problem={problem("hours")} typed={typed} choices={blockHours.map((hours) => [String(hours), t(`hours_${hours}`)] as const)} />
        <Button icon="lock">{t("do")}</Button>
      </Form>
    </Stack>
  );
}

function InForce({ staffed: { visit, member: { zone } }, block }: { staffed: Staffed; block: Block }) {
  const t = say(visit.language);
  return (
    <Stack gap={8}>
      <Notice>{blockWords(block, visit.language, zone)}</Notice>
      <Soft>{t("lifting")}</Soft>
    </Stack>
  );
}

/** "Insults or threats. Blocked by Ana until Tuesday, November 24, 5:40 AM." */
export function blockWords({ reason, by, until }: Block, language: Staffed["visit"]["language"], zone: string): string {
  const t = say(language);
  const said = { reason: t(`reason_${reason}`), time: dayAndTime(until, zone, language) };
  return by ? t("alreadyBy", { ...said, name: by }) : t("already", said);
}
