import type { Visit } from "../../../../platform/http/visit.ts";
import { clockTime, dayAndTime, isBefore, type Instant } from "../../../../platform/time/time.ts";
import { Button, Card, Heading, Link, Preline, Row, Soft, Stack, Strong, Text } from "../../../../platform/ui/basics.tsx";
import { ActForm, KeptLine } from "../../../../platform/ui/fields.tsx";
import { say } from "../../words.ts";
import { placeId } from "../rules.ts";
import type { DraftLine, Place } from "../types.ts";

const pathOf = (place: Place): string => ("spaceId" in place ? `/community/spaces/${place.spaceId}` : `/community/topics/${place.topicId}`);

/** Where a form keeps what is not sent yet. */
export const keepsAt = (place: Place): string => `${pathOf(place)}/draft`;

type When = { language: Visit["language"]; zone: string; now: Instant };

/** "Kept at 3:12 AM": its day is said once it is another one. */
export const keptSays = (at: Instant, { language, zone, now }: When): string => say(language)("draftKept", { time: isBefore(at.add({ hours: 12 }), now) ? dayAndTime(at, zone, language) : clockTime(at, zone, language) });

/** Sending it now or later, and what is kept of it. */
export function SendOrKeep({ place, keptAt, big, ...when }: When & { place: Place; keptAt: Instant | undefined; big?: boolean }) {
  const t = say(when.language);
  return (
    <>
      <Row>
        <Button icon="send" {...(big ? { big } : {})}>
          {t("send")}
        </Button>
        <Button tone="plain" to={keepsAt(place)}>
          {t("draftKeep")}
        </Button>
      </Row>
      <KeptLine>{keptAt ? keptSays(keptAt, when) : t("draftHint")}</KeptLine>
    </>
  );
}

/** What she began and has not sent. */
export function Drafts({ drafts, ...when }: When & { drafts: readonly DraftLine[] }) {
  const t = say(when.language);
  if (drafts.length === 0) return null;
  return (
    <Stack>
      <Heading>{t("draftsTitle")}</Heading>
      {drafts.map(({ place, where, said, keptAt }) => (
        <Card key={placeId(place)} label={said.title || where || t("draftGone")}>
          <Text>{where ? <Link href={"spaceId" in place ? `${pathOf(place)}/new` : `${pathOf(place)}#reply`}>{t("spaceId" in place ? "draftTopic" : "draftAnswer", { where })}</Link> : t("draftGone")}</Text>
          {said.title ? <Strong>{said.title}</Strong> : null}
          <Preline>{said.words ?? ""}</Preline>
          <Row spread>
            <Soft>{keptSays(keptAt, when)}</Soft>
            <ActForm action="/community/mine/drafts" fields={{ place: placeId(place) }}>
              <Button tone="quiet">{t("draftDrop")}</Button>
            </ActForm>
          </Row>
        </Card>
      ))}
    </Stack>
  );
}
