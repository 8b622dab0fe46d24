import type { Problems } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { clockTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Button, Card, Details, Heading, Lead, LinkButton, Notice, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { ActForm, Check, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Rules } from "../../find/views/group.tsx";
import type { OwnSeat } from "../../seats/queries.ts";
import type { Meeting } from "../../types.ts";
import { say } from "../../words.ts";
import type { Evening } from "../types.ts";
import { say as sayEvening } from "../words.ts";
import { NoteForm, type Again } from "./circle.tsx";
import { LooksAgain } from "./looks-again.tsx";
import { SeatNoMore } from "./no-more.tsx";

type Shown = { visit: Visit; seat: OwnSeat; meeting: Meeting; evening: Evening; zone: string };
type Props = Shown & { assets: Assets; care: CareCardContent; problems?: Problems | undefined; noteKey: string; note?: Again | undefined };

/** The hall before the room: who greets her, what all ask of each other, something to hold on to, and the numbers for danger. */
export function Lobby({ assets, care, problems = {}, noteKey, note, ...shown }: Props) {
  const { visit, seat } = shown;
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("lobbyTitle")} under="groups" scripts={["live"]}>
      <Stack gap={24}>
        <LiveSource src={`/seats/${seat.id}/lobby/stream`} />
        <Title small>{t("lobbyTitle")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "problemAgree")] as const)} />
        {seat.lobbyAt ? (
          <LooksAgain language={language} src={`/seats/${seat.id}/lobby/new`}>
            <LobbyNow {...shown} />
          </LooksAgain>
        ) : (
          <LobbyNow {...shown} />
        )}
        {seat.lobbyAt ? <NoteForm language={language} action={`/seats/${seat.id}/note`} messageKey={noteKey} {...note} /> : null}
        <Card>
          <Heading>{t("ground")}</Heading>
          <Bullets>
            {(["ground1", "ground2", "ground3"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Details summary={t("inDanger")}>
          <CareCard {...care} />
        </Details>
      </Stack>
    </Page>
  );
}

/** Where she is on the way in; the part that the page's stream replaces. */
export function LobbyNow({ visit: { language }, seat, meeting, evening, zone }: Shown) {
  const t = say(language);
  const te = sayEvening(language);
  const { session } = meeting;
  if (seat.state !== "held") return <SeatNoMore id="lobby" language={language} seat={seat} />;
  const names = new Intl.ListFormat(language).format(evening.leaders.map(({ name }) => name));
  return (
    <section id="lobby" aria-live="polite">
      <Stack gap={16}>
        <Lead>{t("lobbyHello", { alias: seat.alias, time: clockTime(session.starts, zone, language) })}</Lead>
        {names ? <Text>{te(evening.leaders.length > 1 ? "leadersAre" : "leaderIs", { names })}</Text> : null}
        {evening.state === "over" ? (
          <LinkButton href={`/seats/${seat.id}`} icon="heart" big>
            {te("toSeat")}
          </LinkButton>
        ) : seat.lobbyAt && seat.left ? (
          <ActForm action={`/seats/${seat.id}/lobby`} fields={{ agree: "yes" }}>
            <Button icon="door" big>
              {te("comeBackIn")}
            </Button>
          </ActForm>
        ) : seat.lobbyAt ? (
          <Waiting language={language} seat={seat} evening={evening} />
        ) : (
          <Card>
            <Heading>{t("lobbyAgree")}</Heading>
            <Rules language={language} />
            <Text>{t("limits")}</Text>
            <Form action={`/seats/${seat.id}/lobby`}>
              <Check name="agree" label={t("agreeText")} />
              <Button icon="door" big>
                {t("agreeAct")}
              </Button>
            </Form>
          </Card>
        )}
      </Stack>
    </section>
  );
}

function Waiting({ language, seat, evening }: { language: Visit["language"]; seat: OwnSeat; evening: Evening }) {
  const t = say(language);
  if (evening.state === "open" && seat.admittedAt)
    return (
      <Notice tone="done">
        <Text>{t("admittedTitle")}</Text>
        <LinkButton href={`/seats/${seat.id}/room`} icon="door" big>
          {t("goIn")}
        </LinkButton>
      </Notice>
    );
  return <Notice>{t(evening.state === "open" ? "lobbyWaiting" : "lobbyAlone")}</Notice>;
}
