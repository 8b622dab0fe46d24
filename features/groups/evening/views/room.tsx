import type { Visit } from "../../../../platform/http/visit.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Details, Lead, Link, LinkButton, Notice, Row, Soft, Stack, Strong, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { InRoom, InRoomName } from "../../../../platform/ui/voice.tsx";
import type { OwnSeat } from "../../seats/queries.ts";
import type { Meeting } from "../../types.ts";
import { inTurn, isIn, speaking } from "../rules.ts";
import type { Evening, Guest, Line } from "../types.ts";
import { say as sayGroups } from "../../words.ts";
import { say } from "../words.ts";
import { bearsInterpreters, heardApart } from "../interpreting/rules.ts";
import { Interpreting } from "../interpreting/views/interpreting.tsx";
import { InSmallRoom } from "../small-rooms/views/small-rooms.tsx";
import { voiceName } from "../voice/rules.ts";
import { CaptionsNow, type CaptionsShown } from "../captions/views/captions.tsx";
import { Circle, type Say } from "./circle.tsx";
import { SeatNoMore } from "./no-more.tsx";
import { OutsideRoom } from "./outside.tsx";
import { Voice, type VoiceShown } from "./voice.tsx";

type Props = { visit: Visit; assets: Assets; seat: OwnSeat; meeting: Meeting; evening: Evening; lines: readonly Line[]; zone: string; care: CareCardContent; write: Say; note: Say; voice: VoiceShown | undefined; captions: CaptionsShown };

/** The room itself: who is here, whose turn it is, her voice, the circle by writing, and the ways out. */
export function RoomPage({ visit, assets, seat, meeting, evening, lines, zone, care, write, note, voice, captions }: Props) {
  const { language } = visit;
  const t = say(language);
  const last = lines.at(-1)?.seq ?? 0;
  return (
    <Page visit={visit} assets={assets} title={t("roomTitle")} under="groups" scripts={["live", "room"]}>
      <Stack gap={24}>
        <LiveSource src={`/seats/${seat.id}/room/stream?after=${last}`} />
        <Stack gap={8}>
          <Title small>{meeting.series.kind.name[language]}</Title>
        </Stack>
        {voice ? <Voice {...{ language, ...voice }} /> : null}
        <CaptionsNow {...{ language, ...captions }} me={evening.guests.find(({ id }) => id === seat.id)} />
        <RoomNow {...{ language, seat, meeting, evening, zone }} />
        {/* Without scripts nothing comes by itself: a page that did would take what she is writing. */}
        <noscript>
          <LinkButton href={`/seats/${seat.id}/room`} tone="plain">
            {t("lookAgain")}
          </LinkButton>
        </noscript>
        <Circle lines={lines} reader={{ who: seat.id, visit, zone }} write={write} note={note} />
        <Details summary={t("dangerNow")}>
          <CareCard {...care} />
        </Details>
        <Text>
          <Link href={`/seats/${seat.id}/worry`}>{t("worryTitle")}</Link>
        </Text>
        <ActForm action={`/seats/${seat.id}/out`}>
          <Button tone="plain" icon="exit">
            {t("leaveRoom")}
          </Button>
          <Soft>{t("leaveHint")}</Soft>
        </ActForm>
      </Stack>
    </Page>
  );
}

/** How the evening stands for her; the part that the page's stream replaces. */
export function RoomNow({ language, seat, meeting, evening, zone }: { language: Language; seat: OwnSeat; meeting: Meeting; evening: Evening; zone: string }) {
  const t = say(language);
  const me = evening.guests.find(({ id }) => id === seat.id);
  if (seat.state !== "held" && seat.state !== "removed") return <SeatNoMore id="evening" language={language} seat={seat} />;
  if (evening.state !== "open" || !me || !isIn(me)) return <Outside {...{ language, seat, evening }} />;
  const names = new Intl.ListFormat(language).format(evening.leaders.map(({ name }) => name));
  const inside = evening.guests.filter((guest) => isIn(guest) && guest.small?.room === me.small?.room);
  // Who leads visits a small room, goes aside with one of them, or is with the whole group.
  const leading = evening.leaders.filter(({ id, visits }) => visits === me.small?.room || (me.side?.began === true && me.side.with === id));
  // Whom she hears before the group.
  const apart = heardApart(seat.sessionId, evening, me.hears, me.small?.room);
  return (
    <section id="evening" aria-live="polite" {...(me.marks.has("muted") ? { "data-voice-silenced": "" } : {})} {...(apart.length > 0 ? { "data-voice-apart": apart.join(" ") } : {})}>
      <Stack gap={16}>
        {meeting.series.room === "link" ? <OutsideRoom {...{ language, zone }} session={meeting.session} at={`/seats/${seat.id}`} alias={seat.alias} /> : null}
        <Text>{t(evening.leaders.length > 1 ? "leadersAre" : "leaderIs", { names })}</Text>
        {me.small ? <InSmallRoom {...{ language, me, evening }} room={me.small.room} /> : <Turn {...{ language, me, evening }} />}
        {bearsInterpreters(meeting.series) ? <Interpreting {...{ language, me, evening }} /> : null}
        <Side {...{ language, me, evening }} />
        <InRoom label={t("whoIsHere")}>
          {leading.map(({ id, name }) => (
            <InRoomName key={id} voice={voiceName(seat.sessionId, id)}>
              <Tag>{`${name} (${t("leaderMark")})`}</Tag>
            </InRoomName>
          ))}
          {inside.map((guest) => (
            <InRoomName key={guest.id} voice={voiceName(seat.sessionId, guest.id)}>
              <Tag tone={guest.calledAt ? "lamp" : "plain"}>{guest.id === me.id ? `${guest.alias} (${t("you")})` : guest.alias}</Tag>
            </InRoomName>
          ))}
        </InRoom>
      </Stack>
    </section>
  );
}

function Turn({ language, me, evening }: { language: Language; me: Guest; evening: Evening }) {
  const t = say(language);
  const now = speaking(evening.guests);
  const at = `/seats/${me.id}`;
  const before = inTurn(evening.guests).findIndex(({ id }) => id === me.id);
  return (
    <Stack gap={8}>
      <Lead>
        <Strong>{now === undefined ? t("turnNobody") : now.id === me.id ? t("turnYours") : t("turnOf", { alias: now.alias })}</Strong>
      </Lead>
      {before >= 0 ? <Soft>{t("handWaits", { n: before + 1 })}</Soft> : null}
      <Row>
        {me.calledAt ? (
          <ActForm action={`${at}/pass`} inPlace>
            <Button>{t("pass")}</Button>
          </ActForm>
        ) : (
          <ActForm action={`${at}/hand`} fields={{ up: me.raisedAt ? "no" : "yes" }} inPlace>
            <Button tone={me.raisedAt ? "plain" : "primary"}>{t(me.raisedAt ? "handDown" : "handUp")}</Button>
          </ActForm>
        )}
      </Row>
    </Stack>
  );
}

function Side({ language, me, evening }: { language: Language; me: Guest; evening: Evening }) {
  const t = say(language);
  const at = `/seats/${me.id}/side`;
  if (!me.side)
    return (
      <ActForm action={at} inPlace>
        <Button tone="plain" icon="person">
          {t("sideAsk")}
        </Button>
      </ActForm>
    );
  const name = evening.leaders.find(({ id }) => id === me.side?.with)?.name ?? "";
  return (
    <Stack gap={8}>
      <Notice tone="done">{me.side.began ? t("sideOn", { name }) : t("sideAsked")}</Notice>
      <ActForm action={`${at}/end`} inPlace>
        <Button tone="plain">{t("sideEnd")}</Button>
      </ActForm>
    </Stack>
  );
}

/** Said without a door: there is none for her tonight. */
function Removed({ language }: { language: Language }) {
  const t = sayGroups(language);
  return (
    <section id="evening" aria-live="polite">
      <Stack gap={16}>
        <Lead>{t("seatRemoved")}</Lead>
        <Text>{t("seatRemovedText")}</Text>
        <LinkButton href="/message" icon="message" big>
          {t("talk")}
        </LinkButton>
      </Stack>
    </section>
  );
}

function Outside({ language, seat, evening }: { language: Language; seat: OwnSeat; evening: Evening }) {
  const t = say(language);
  const over = evening.state === "over";
  if (seat.state === "removed") return <Removed language={language} />;
  return (
    <section id="evening" aria-live="polite">
      <Stack gap={16}>
        <Lead>{t(over ? "roomOver" : evening.state === "open" ? "notLetIn" : "roomLobby")}</Lead>
        {over || evening.state === "open" ? null : <Text>{t("roomLobbyText")}</Text>}
        <LinkButton href={over ? `/seats/${seat.id}` : `/seats/${seat.id}/lobby`} icon="door" big>
          {t(over ? "toSeat" : "toLobby")}
        </LinkButton>
      </Stack>
    </section>
  );
}
