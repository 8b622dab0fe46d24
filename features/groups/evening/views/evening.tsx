import { typedText, type Typed } from "../../../../platform/http/form.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime, zoneName } from "../../../../platform/time/time.ts";
import { Button, Columns, Details, Heading, Lead, Link, LinkButton, Notice, PlainList, Row, Soft, Stack, Strong, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Line as ListLine } from "../../../../platform/ui/board.tsx";
import { ActForm, Area, Check, Form } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { InRoom, InRoomName, VoiceName } from "../../../../platform/ui/voice.tsx";
import type { Meeting, SeatId, SessionId } from "../../types.ts";
import { inTurn, isIn, type OpenRefusal } from "../rules.ts";
import type { Evening, Guest, Line } from "../types.ts";
import { say } from "../words.ts";
import { voiceName } from "../voice/rules.ts";
import { bearsInterpreters, heardApart } from "../interpreting/rules.ts";
import { AskToInterpret, InterpretingOfLeader, interpretsIn } from "../interpreting/views/interpreting.tsx";
import { CaptionsOfLeader, type CaptionsShown } from "../captions/views/captions.tsx";
import { PutInRoom, SmallRooms } from "../small-rooms/views/small-rooms.tsx";
import { Circle, type Again, type Say } from "./circle.tsx";
import { LooksAgain } from "./looks-again.tsx";
import { OutsideMoves, OutsideRoom } from "./outside.tsx";
import { Voice, type VoiceShown } from "./voice.tsx";

type Props = { staffed: Staffed; meeting: Meeting; evening: Evening; lines: readonly Line[]; share: ReadonlyMap<SeatId, number>; write: Say; captions: CaptionsShown; voice: VoiceShown | undefined; address?: Again | undefined; refused?: OpenRefusal | undefined; done?: boolean; report?: ReportAgain | undefined };

/** A report that was not taken, with what she wrote. */
export type ReportAgain = { readonly kind: "debrief" | "incident"; readonly problem: string; readonly typed: Typed };

/** A facilitator's evening: the lobby, the room, the turns, the circle, and what stays to be written after. */
export function EveningPage({ staffed, meeting, evening, lines, share, write, captions, voice, address, refused, done, report }: Props) {
  const { visit, member } = staffed;
  const { language } = visit;
  const t = say(language);
  const { session, series } = meeting;
  const last = lines.at(-1)?.seq ?? 0;
  return (
    <StaffPage staffed={staffed} title={t("eveningTitle")} current="groups" scripts={["live", "room"]}>
      <Stack gap={24}>
        <LiveSource src={`/evenings/${session.id}/stream?after=${last}`} />
        <Stack gap={8}>
          <Title small>{series.kind.name[language]}</Title>
          <Text>{`${dayAndTime(session.starts, member.zone, language)}, ${zoneName(member.zone, language, session.starts)}`}</Text>
          <Soft>{t("leadsOnly")}</Soft>
        </Stack>
        {refused ? <Notice tone="attention">{t(`open_${refused}`)}</Notice> : null}
        {done ? <Notice tone="done">{t("reportKept")}</Notice> : null}
        <Columns>
          <Stack gap={24}>
            <EveningNow {...{ language, meeting, evening, share, me: member }} />
            <LooksAgain language={language} src={`/evenings/${session.id}/new`} />
          </Stack>
          <Stack gap={24}>
            {voice ? <Voice {...{ language, ...voice }} /> : null}
            {series.room === "link" ? <OutsideMoves language={language} at={`/evenings/${session.id}`} again={address} /> : null}
            <CaptionsOfLeader {...{ language, evening, me: member.memberId, at: `/evenings/${session.id}`, ...captions }} />
            <Circle lines={lines} reader={{ who: member.memberId, visit, zone: member.zone }} write={write} />
            <LinkButton href={`/evenings/${session.id}/message`} tone="plain" icon="message">
              {t("writeToSeats")}
            </LinkButton>
            <After {...{ language, at: `/evenings/${session.id}`, report }} />
          </Stack>
        </Columns>
      </Stack>
    </StaffPage>
  );
}

/** Who reads it. */
type Me = { readonly memberId: string; readonly name: string; readonly zone: string };
type Now = { language: Language; meeting: Meeting; evening: Evening; /** Of the talk so far, 0 to 1; nobody's before anybody spoke. */ share: ReadonlyMap<SeatId, number>; me: Me };

/** How the evening stands for those who lead it; the part that the page's stream replaces. */
export function EveningNow({ language, meeting, evening, share, me }: Now) {
  const t = say(language);
  const at = `/evenings/${meeting.session.id}`;
  const lobby = evening.guests.filter(({ where }) => where === "lobby");
  const inside = evening.guests.filter(isIn);
  // In an organisation's own program its voices are in its own hands.
  const ours = meeting.series.room !== "link";
  const away = evening.guests.filter(({ where }) => where === "away").length;
  const own = evening.leaders.find(({ id }) => id === me.memberId);
  const apart = heardApart(meeting.session.id, evening, own?.hears, own?.visits);
  return (
    <section id="evening" aria-live="polite" {...(apart.length > 0 ? { "data-voice-apart": apart.join(" ") } : {})}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Lead>
            <Strong>{t(`state_${evening.state}`)}</Strong>
          </Lead>
          {evening.leaders.length > 0 ? (
            <Row>
              <Text>{t("hereNow")}</Text>
              <InRoom label={t("hereNow")}>
                {evening.leaders.map(({ id, name }) => (
                  <InRoomName key={id} voice={voiceName(meeting.session.id, id)}>
                    <Tag>{name}</Tag>
                  </InRoomName>
                ))}
              </InRoom>
            </Row>
          ) : null}
          {evening.state === "lobby" || evening.state === "closed" ? (
            <>
              <Soft>{t("opensWith")}</Soft>
              <ActForm action={`${at}/open`}>
                <Button icon="door" big>
                  {t("openRoom")}
                </Button>
              </ActForm>
            </>
          ) : null}
        </Stack>
        {!ours && evening.state === "open" ? <OutsideRoom {...{ language, at }} session={meeting.session} zone={me.zone} alias={me.name} /> : null}
        <Stack gap={8}>
          <Heading>{t("waitingIn")}</Heading>
          {lobby.length === 0 ? <Soft>{t("waitingNobody")}</Soft> : null}
          <PlainList>
            {lobby.map((guest) => (
              <ListLine
                key={guest.id}
                id={`guest-${guest.id}`}
                acts={
                  evening.state === "open" ? (
                    <ActForm action={`${at}/admit`} fields={{ seat: guest.id }} inPlace>
                      <Button>{t("admit")}</Button>
                    </ActForm>
                  ) : null
                }
              >
                <Strong>{guest.alias}</Strong>
              </ListLine>
            ))}
          </PlainList>
          {evening.state === "open" && lobby.length > 1 ? (
            <ActForm action={`${at}/admit`} fields={{ seat: "all" }} inPlace>
              <Button tone="plain">{t("admitAll")}</Button>
            </ActForm>
          ) : null}
          <Soft>{t("awayCount", { n: away })}</Soft>
        </Stack>
        <Stack gap={8}>
          <Row spread>
            <Heading>{t("insideTitle")}</Heading>
            <Row>
              {inside.length > 0 && ours ? (
                <ActForm action={`${at}/mute`} fields={{ seat: "all" }} inPlace>
                  <Button tone="plain">{t("muteAll")}</Button>
                </ActForm>
              ) : null}
              {inTurn(evening.guests).length > 0 || inside.some(({ calledAt }) => calledAt) ? (
                <ActForm action={`${at}/turn`} inPlace>
                  <Button>{t("callNext")}</Button>
                </ActForm>
              ) : null}
            </Row>
          </Row>
          {inside.length === 0 ? <Soft>{t("insideNobody")}</Soft> : null}
          <PlainList>
            {inside.map((guest) => (
              <Inside key={guest.id} {...{ language, guest, at, ours, evening, meeting }} session={meeting.session.id} me={me.memberId} share={share.get(guest.id)} />
            ))}
          </PlainList>
        </Stack>
        <InterpretingOfLeader {...{ language, evening, at }} me={me.memberId} />
        {evening.state === "open" && ours ? <SmallRooms {...{ language, evening, at }} me={me.memberId} /> : null}
        {evening.guests.filter(({ wantsTalk, where }) => wantsTalk && where !== "room").map((guest) => (
          <Notice key={guest.id} tone="attention">{`${guest.alias}: ${t("talkWants")}`}</Notice>
        ))}
        {evening.state === "open" ? (
          <Details summary={t("closeRoom")}>
            <Text>{t("closeSure")}</Text>
            <ActForm action={`${at}/close`} inPlace>
              <Button tone="plain" icon="exit">
                {t("closeRoom")}
              </Button>
            </ActForm>
          </Details>
        ) : null}
      </Stack>
    </section>
  );
}

function Inside({ language, session, guest, share, at, me, ours, evening, meeting }: { language: Language; session: SessionId; guest: Guest; share: number | undefined; at: string; me: string; ours: boolean; evening: Evening; meeting: Meeting }) {
  const t = say(language);
  const interprets = interpretsIn(language, guest, evening);
  const act = (path: string, label: string, tone: "plain" | "quiet" | "primary" = "plain") => (
    <ActForm action={`${at}/${path}`} fields={{ seat: guest.id }} inPlace>
      <Button tone={tone}>{label}</Button>
    </ActForm>
  );
  const wants = guest.side?.askedByMember === true && !guest.side.began;
  return (
    <ListLine
      id={`guest-${guest.id}`}
      mark={wants || guest.calledAt !== undefined}
      acts={
        <>
          {guest.side?.began ? (guest.side.with === me ? act("back", t("back")) : null) : act("side", t("sideBegin"), wants ? "primary" : "quiet")}
          {guest.calledAt || guest.where === "side" || guest.small ? null : act("turn", t("giveTurn"), "quiet")}
          <Details summary={t("more")}>
            <Row>
              {guest.marks.has("muted") || !ours ? null : act("mute", t("mute"), "quiet")}
              {act("to-lobby", t("toLobbyAct"), "quiet")}
              {guest.marks.has("writes_captions") ? act("no-captions", t("captionsNoMore"), "quiet") : act("captions", t("captionsAsk"), "quiet")}
            </Row>
            {bearsInterpreters(meeting.series) ? <AskToInterpret {...{ language, guest, at }} spoken={meeting.series.language} /> : null}
            {ours ? <PutInRoom {...{ language, guest, at }} /> : null}
            <Soft>{t(ours ? "removeSure" : "removeSureLinked")}</Soft>
            {act("remove", t("remove"))}
          </Details>
        </>
      }
    >
      <Row>
        <VoiceName voice={voiceName(session, guest.id)}>
          <Strong>{guest.alias}</Strong>
        </VoiceName>
        {guest.calledAt ? <Tag tone="lamp">{t("hasTurn")}</Tag> : guest.raisedAt ? <Tag>{t("handIsUp")}</Tag> : null}
        {wants ? <Tag tone="lamp">{t("sideWants")}</Tag> : guest.side?.began ? <Tag>{t("sideIn")}</Tag> : null}
        {guest.small ? <Tag>{t("smallRoom", { n: guest.small.room })}</Tag> : null}
        {guest.marks.has("muted") ? <Tag>{t("isMuted")}</Tag> : null}
        {guest.marks.has("writes_captions") ? <Tag>{t("captionsWrites")}</Tag> : null}
        {interprets === undefined ? null : <Tag>{interprets}</Tag>}
      </Row>
      <Soft>{[guest.passed ? t("passed") : t("turns", { n: guest.turns }), share === undefined ? "" : t("share", { percent: Math.round(share * 100) })].filter(Boolean).join(" · ")}</Soft>
    </ListLine>
  );
}

/** What stays with her, and what a second person reads. */
function After({ language, at, report }: { language: Language; at: string; report?: ReportAgain | undefined }) {
  const t = say(language);
  const again = (kind: ReportAgain["kind"]) => (report?.kind === kind ? { problem: report.problem, typed: report.typed } : {});
  return (
    <Details summary={t("afterTitle")} open={report !== undefined}>
      <Form action={`${at}/debrief`}>
        <Area name="debrief" label={t("debriefTitle")} hint={t("debriefText")} {...again("debrief")} />
        <Check name="talk" label={t("debriefTalk")} checked={report?.kind === "debrief" && typedText(report.typed, "talk") === "yes"} />
        <Button tone="plain">{t("debriefKeep")}</Button>
      </Form>
      <Form action={`${at}/incident`}>
        <Area name="incident" label={t("incidentTitle")} hint={t("incidentText")} {...again("incident")} />
        <Check name="danger" label={t("worryDanger")} hint={t("worryDangerHint")} checked={report?.kind === "incident" && typedText(report.typed, "danger") === "yes"} />
        <Button tone="plain">{t("incidentSend")}</Button>
      </Form>
      <Link href="/evenings/reports">{t("reportsTitle")}</Link>
    </Details>
  );
}
