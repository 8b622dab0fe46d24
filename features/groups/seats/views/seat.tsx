import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { clockTime, dayAndTime, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Details, Heading, Lead, Link, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Line as ListLine } from "../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { PushButton, ToCopy } from "../../../../platform/ui/keys.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { LooksAgain } from "../../evening/views/looks-again.tsx";
import { noticeOf, roomWords } from "../../find/views/meeting.tsx";
import type { Message } from "../../messages/types.ts";
import { Messages } from "../../messages/views/messages.tsx";
import { say as sayMessage } from "../../messages/words.ts";
import { untilInWords } from "../../series/in-words/rules.ts";
import type { Meeting } from "../../types.ts";
import { say } from "../../words.ts";
import type { OwnSeat } from "../queries.ts";
import { isOver, lobbyIsOpen, lobbyMinutes, phaseAt, standbyMinutes, stands, wasThere, type SeatRefusal } from "../rules.ts";
import { Leaving } from "./leaving.tsx";
import { Reach, type Ways } from "./save.tsx";

export type SeatShown = { readonly visit: Visit; readonly seat: OwnSeat; readonly meeting: Meeting; readonly zone: string; readonly now: Instant; /** Written to all seats of her meeting. */ readonly messages: readonly Message[] };
type Props = SeatShown & { assets: Assets; ways: Ways; /** Texts to her number were stopped. */ stopped: boolean; /** Our key for pushes; empty where none leaves. */ pushKey: string; link: string; /** Other meetings of the same group that she could move to. */ others: readonly Meeting[]; moved?: boolean; refused?: SeatRefusal | undefined; offerOver?: boolean; problems?: Problems | undefined; typed?: Typed | undefined };

/** Her own seat: how it stands, what happens next, and what she can do. */
export function SeatPage({ assets, ways, stopped, pushKey, link, others, moved, refused, offerOver, problems = {}, typed, ...shown }: Props) {
  const { visit, seat, meeting } = shown;
  const { language } = visit;
  const t = say(language);
  const standing = stands(seat.state);
  const offersPush = standing && pushKey !== "" && seat.way !== "push";
  return (
    <Page visit={visit} assets={assets} title={t("mySeats")} under="groups" scripts={offersPush ? ["live", "push"] : ["live"]}>
      <Stack gap={24}>
        <LiveSource src={`/seats/${seat.id}/stream`} />
        {offerOver ? <Notice tone="attention">{t("offerOver")}</Notice> : null}
        {moved ? <Notice tone="done">{t("moved")}</Notice> : null}
        {refused ? <Notice tone="attention">{t(`refused_${refused}`)}</Notice> : null}
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "problemEmail")] as const)} />
        <SeatNow {...shown} />
        {seat.state === "offered" || seat.state === "waiting" ? <LooksAgain language={language} src={`/seats/${seat.id}/new`} /> : null}
        {standing ? (
          <>
            <Card>
              <Heading>{t("reachTitle")}</Heading>
              {stopped ? <Notice tone="attention">{t(ways.email ? "reachStopped" : "reachStoppedNoEmail")}</Notice> : <Text>{t(`reach_${seat.way ?? "none"}`)}</Text>}
              <Form action={`/seats/${seat.id}/reach`}>
                <Reach {...{ language, ways, problems, typed }} nextDay={seat.nextDay} open={stopped} />
                <Row>
                  <Button tone="plain">{t("reachKeep")}</Button>
                  {seat.way ? (
                    <Button tone="quiet" name="forget" value="yes">
                      {t("reachForget")}
                    </Button>
                  ) : null}
                </Row>
              </Form>
              {offersPush ? (
                <PushButton to={`/seats/${seat.id}/push`} publicKey={pushKey} hint={t("pushHint")} failed={t("pushFailed")}>
                  {t("pushAsk")}
                </PushButton>
              ) : null}
            </Card>
            <Details summary={t("comeBackTitle")}>
              <Text>{t("comeBackText")}</Text>
              <ToCopy id="seat-link" label={t("comeBackLink")} value={link} copy={t("copy")} copied={t("copied")} />
            </Details>
            {others.length > 0 && !seat.lobbyAt ? <Elsewhere {...{ shown, others }} /> : null}
            <ActForm action={`/seats/${seat.id}/give-back`}>
              <Button tone="plain">{t(seat.state === "waiting" ? "stopWaiting" : "giveBack")}</Button>
            </ActForm>
          </>
        ) : null}
        {seat.state === "held" ? (
          <Text>
            <Link href="/groups/calendar">{t("inCalendar")}</Link>
          </Text>
        ) : null}
        {wasThere(seat) ? (
          <Text>
            <Link href={`/seats/${seat.id}/worry`}>{t("worried")}</Link>
          </Text>
        ) : null}
        <Text>
          <Link href={`/groups/${meeting.series.id}`}>{meeting.series.kind.name[language]}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

/** The same group on another day: her seat goes along, or she waits there. */
function Elsewhere({ shown: { visit, seat, zone }, others }: { shown: SeatShown; others: readonly Meeting[] }) {
  const { language } = visit;
  const t = say(language);
  return (
    <Details summary={t("moveTitle")}>
      <Text>{t(seat.state === "waiting" ? "moveWaitText" : "moveText")}</Text>
      <PlainList>
        {others.map(({ session, count }) => {
          const room = roomWords(count, language);
          return (
            <ListLine
              key={session.id}
              id={`move-${session.id}`}
              acts={
                <ActForm action={`/seats/${seat.id}/move`} fields={{ to: session.id, ...(room.free ? {} : { wait: "yes" }) }}>
                  <Button tone="plain">{t(room.free ? "moveAct" : seat.state === "held" ? "moveGiveUpAct" : "moveWaitAct")}</Button>
                </ActForm>
              }
            >
              <Num>{dayAndTime(session.starts, zone, language)}</Num>
              <Soft>{room.words}</Soft>
            </ListLine>
          );
        })}
      </PlainList>
    </Details>
  );
}

const titles = { held: "seatHeldTitle", offered: "seatOfferedTitle", waiting: "seatWaitingTitle", given_back: "seatGone", no_show: "seatNoShow", removed: "seatRemoved", session_cancelled: "seatCancelled" } as const;
const gone = { given_back: "seatGoneText", no_show: "seatNoShowText", removed: "seatRemovedText", session_cancelled: "seatCancelledText" } as const;

/** How it stands now; the part that the page's stream replaces. */
export function SeatNow(shown: SeatShown) {
  const { visit, seat, meeting, zone, now, messages } = shown;
  const { language } = visit;
  const t = say(language);
  const { session } = meeting;
  const over = !session.cancelledAt && isOver(session, now);
  // Cancelled, told, let go of, and then brought back.
  const back = seat.state === "session_cancelled" && !session.cancelledAt && !over;
  const standing = stands(seat.state);
  const notice = noticeOf(meeting, zone, language);
  return (
    <section id="seat" aria-live="polite">
      <Stack gap={16}>
        <Title>{t(over ? "seatOver" : back ? "seatBackTitle" : titles[seat.state])}</Title>
        <Lead>{meeting.series.kind.name[language]}</Lead>
        <Text>
          <Num>{`${dayAndTime(session.starts, zone, language)}, ${zoneName(zone, language, session.starts)}${over ? "" : ` (${untilInWords(now, session.starts, language)})`}`}</Num>
        </Text>
        {notice && seat.state !== "session_cancelled" ? <Notice>{notice}</Notice> : null}
        {over ? <Leaving language={language} seat={seat} /> : back ? <Back {...shown} /> : <Next {...shown} />}
        {standing && !over ? <Messages {...{ language, zone, messages }} title={sayMessage(language)("forSeats")} /> : null}
      </Stack>
    </section>
  );
}

function Back({ visit: { language }, meeting: { session } }: SeatShown) {
  const t = say(language);
  return (
    <>
      <Text>{t("seatBackText")}</Text>
      <LinkButton href={`/groups/meetings/${session.id}`} icon="group">
        {t("askAgain")}
      </LinkButton>
    </>
  );
}

function Next(shown: SeatShown) {
  const { visit, seat, meeting, zone } = shown;
  const { language } = visit;
  const t = say(language);
  if (seat.state === "held") return <Held {...shown} />;
  if (seat.state === "waiting") return <Waiting {...shown} />;
  if (seat.state === "offered")
    return (
      <>
        <Text>{t("offerText", { time: seat.offeredUntil ? dayAndTime(seat.offeredUntil, zone, language) : "" })}</Text>
        <ActForm action={`/seats/${seat.id}/accept`}>
          <Button icon="check" big>
            {t("offerTake")}
          </Button>
        </ActForm>
      </>
    );
  return (
    <>
      <Text>{t(gone[seat.state])}</Text>
      <Row>
        <LinkButton href={seat.state === "session_cancelled" ? "/groups" : `/groups/${meeting.series.id}`} icon="group">
          {t(seat.state === "session_cancelled" ? "allGroups" : "askAgain")}
        </LinkButton>
        <LinkButton href="/message" icon="message" tone="plain">
          {t("talk")}
        </LinkButton>
      </Row>
    </>
  );
}

function Held({ visit: { language }, seat, meeting: { session }, zone, now }: SeatShown) {
  const t = say(language);
  return (
    <>
      <Text>{t("asAlias", { alias: seat.alias })}</Text>
      {lobbyIsOpen(session, now) ? (
        <LinkButton href={`/seats/${seat.id}/lobby`} icon="door" big>
          {t("goIn")}
        </LinkButton>
      ) : (
        <Text>{t("lobbyOpens", { time: clockTime(session.starts.subtract({ minutes: lobbyMinutes }), zone, language) })}</Text>
      )}
      {seat.left ? <Leaving language={language} seat={seat} /> : <Soft>{t("lateText")}</Soft>}
    </>
  );
}

function Waiting({ visit: { language }, seat, meeting: { session }, now }: SeatShown) {
  const t = say(language);
  const near = !(Temporal.Instant.compare(now, session.starts.subtract({ minutes: standbyMinutes + 20 })) < 0) && phaseAt(session.starts, now) !== "over";
  return (
    <>
      <Text>{t("waitText", { n: seat.before })}</Text>
      <Soft>{t("waitHow")}</Soft>
      {seat.way ? null : <Soft>{t("waitNoReach")}</Soft>}
      {seat.standby ? (
        <Notice tone="done">{t("standbyOn")}</Notice>
      ) : (
        <>
          <Text>{t("standbyText")}</Text>
          {near ? (
            <ActForm action={`/seats/${seat.id}/standby`}>
              <Button icon="check" big>
                {t("standbyAct")}
              </Button>
            </ActForm>
          ) : null}
        </>
      )}
    </>
  );
}
