import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import { Button, Card, Columns, Facts, JustDone, LinkButton, Notice, Num, Preline, Row, Soft, Stack, Strong, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary } from "../../../../platform/ui/fields.tsx";
import { VeiledPicture } from "../../../../platform/ui/picture.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import type { DeskSubject, InItsRoom } from "../../types.ts";
import { actedOnInRoom, holderOf } from "../rules.ts";
import type { Look } from "../looks/types.ts";
import { Looks } from "../looks/views/looks.tsx";
import { SitsWith } from "../pairing/views/pairing.tsx";
import type { CaseShown, Refusal } from "../types.ts";
import { say, type DeskKey } from "../words.ts";
import { Acts } from "./acts.tsx";
import { History, StrikesBefore } from "./history.tsx";
import { Priority, Why } from "./reasons.tsx";

export type Done = "joined" | "claimed" | "decided" | "asked" | "given" | "told" | "answered";
export type CaseProps = {
  readonly staffed: Staffed;
  readonly one: CaseShown;
  /** Undefined: it is gone, or closed. */
  readonly subject: DeskSubject | undefined;
  /** How it stands in the room that acts on it; undefined: it is gone there, or the desk itself decides. */
  readonly room: InItsRoom | undefined;
  /** Its words are closed to her. */
  readonly closed: boolean;
  readonly looks: readonly Look[];
  readonly nameBehind: string | undefined;
  readonly now: Instant;
  readonly done?: Done | undefined;
  readonly refused?: Refusal["refused"] | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** One case: what it is about in its thread, why it is here, what was done, and what can be done now. */
export function CasePage(props: CaseProps) {
  const { staffed, one, done, refused, problems = {} } = props;
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("caseTitle")} current="safety">
      <Stack gap={24}>
        <Title small>{t("caseTitle")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as DeskKey)] as const)} />
        {done ? <JustDone>{t(`done_${done}`)}</JustDone> : null}
        {refused ? <Notice tone="attention">{t(`refused_${refused}`)}</Notice> : null}
        <Columns>
          <Stack gap={24}>
            <Standing {...props} />
            {actedOnInRoom(one.subjectKind) ? <InRoom {...props} /> : <Subject {...props} />}
            <Acts {...props} />
            <Looks {...props} />
          </Stack>
          <Stack gap={24}>
            <History {...{ staffed, one }} />
            <StrikesBefore {...{ staffed, one }} />
          </Stack>
        </Columns>
        <LinkButton href="/safety" tone="quiet" icon="back">
          {t("backToDesk")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function Standing({ staffed: { visit, member }, one, room, now }: CaseProps) {
  const { language } = visit;
  const t = say(language);
  const holds = room?.claim ? room.claim.holder?.memberId === member.memberId : holderOf(one.state.claim, now) === member.memberId;
  const holder = room?.claim ? room.claim.holder?.name : one.holder;
  return (
    <Card label={t("reasonsLabel")}>
      <Row>
        <Priority language={language} priority={one.priority} />
        <Tag>{t(`subject_${one.subjectKind}`)}</Tag>
        {one.waitingSince ? <Num>{t("since", { time: dayAndTime(one.waitingSince, member.zone, language) })}</Num> : <Tag tone="done">{t("answered")}</Tag>}
      </Row>
      {one.reasons.filter(({ answered }) => !answered || one.waitingSince === undefined).map(({ reason, why, at }) => (
        <Why key={`${reason}${at.toString()}${why.join()}`} {...{ language, reason, why }} />
      ))}
      {one.viewers.length > 0 ? <Soft>{t("alsoHere", { names: one.viewers.join(", ") })}</Soft> : null}
      {one.waitingSince === undefined ? null : (
        <Row spread>
          <Strong>{holds ? t("youHaveIt") : holder ? t("nameHasIt", { name: holder }) : t("nobodyHasIt")}</Strong>
          {holds && !room?.claim ? (
            <ActForm action={`/safety/cases/${one.id}/release`}>
              <Button tone="plain">{t("release")}</Button>
            </ActForm>
          ) : holder ? null : (
            <ActForm action={room?.claim?.takeAt ?? `/safety/cases/${one.id}/claim`}>
              <Button icon="check">{t("claim")}</Button>
            </ActForm>
          )}
        </Row>
      )}
      <SitsWith {...{ language, member }} id={one.id} holder={room?.claim ? room.claim.holder?.memberId : holderOf(one.state.claim, now)} pairing={one.pairings.find(({ ended }) => !ended)} />
    </Card>
  );
}

/** What another room acts on: where it stands and how, and the way there. Its words stay in that room. */
function InRoom({ staffed: { visit }, room }: CaseProps) {
  const t = say(visit.language);
  if (!room) return <Notice>{t("subjectGone")}</Notice>;
  return (
    <Card label={t("subjectLabel")}>
      <Facts rows={[[t("whereLabel"), room.where], [t("stateLabel"), room.state]]} />
      <Soft>{t("actedOnInRoom")}</Soft>
      <Row>
        <LinkButton href={room.path}>{t("toItsRoom")}</LinkButton>
      </Row>
    </Card>
  );
}

function Subject({ staffed: { visit, member }, one, subject, closed }: CaseProps) {
  const t = say(visit.language);
  const time = (at: Instant) => dayAndTime(at, member.zone, visit.language);
  if (!subject) return <Notice>{t(one.erased ? "subjectErased" : closed ? "subjectClosed" : "subjectGone")}</Notice>;
  const notes = subject.notes.length > 0 ? [[t("notesLabel"), subject.notes.join(" · ")] as const] : [];
  return (
    <Card label={t("subjectLabel")}>
      {subject.before.length > 0 ? (
        <Stack>
          <Soft>{t("before")}</Soft>
          {subject.before.map(({ by, words, at }) => (
            <div key={at.toString()} lang={subject.language}>
              <Soft>
                {by} · <Num>{time(at)}</Num>
              </Soft>
              <Preline>{words}</Preline>
            </div>
          ))}
        </Stack>
      ) : null}
      <div lang={subject.language}>
        <Text>
          <Strong>{subject.title ?? subject.by}</Strong>
        </Text>
        <Soft>
          {subject.by} · <Num>{time(subject.at)}</Num>
        </Soft>
        <Preline>{subject.words}</Preline>
      </div>
      {subject.pictures.map((picture) => (
        <VeiledPicture key={picture.id} {...picture} language={visit.language} src={`/safety/cases/${one.id}/pictures/${picture.id}`} />
      ))}
      <Facts rows={[[t("whereLabel"), subject.where], [t("stateLabel"), subject.state], ...notes]} />
    </Card>
  );
}
