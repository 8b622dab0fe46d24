import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Hush, Lead, Link, LinkButton, Notice, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import type { TopicLine } from "../../topics/types.ts";
import { isOpenTo } from "../../rules.ts";
import type { Space } from "../../types.ts";
import { say } from "../../words.ts";

type Props = { visit: Visit; assets: Assets; space: Space; topics: readonly TopicLine[]; /** Where the list goes on. */ next: string | undefined; zone: string; /** She may write here. */ writes: boolean; refused?: "offerNew" | undefined };

/** A space: what it is for, and what was written, the last moved first. */
export function SpacePage({ visit, assets, space, topics, next, zone, writes, refused }: Props) {
  const { language } = visit;
  const t = say(language);
  const closedToHer = writes && !isOpenTo(space);
  return (
    <Page visit={visit} assets={assets} title={space.name[language]}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href="/community/spaces">{t("allSpaces")}</Link>
          </Text>
          <Title>{space.name[language]}</Title>
          <Lead>{space.about[language]}</Lead>
        </Stack>
        {space.pause ? (
          <Notice tone="attention">
            <Text>{t("pausedBecause", { reason: space.pause.reason[language], time: dayAndTime(space.pause.until, zone, language) })}</Text>
          </Notice>
        ) : null}
        {closedToHer && space.shared ? (
          <Card>
            <Text>{t("sharedAsk")}</Text>
            <ActForm action={`/community/spaces/${space.id}/join`}>
              <Button big>{space.shared[language]}</Button>
            </ActForm>
            <Soft>{t("sharedNoProof")}</Soft>
          </Card>
        ) : (
          <>
            {writes && !space.pause ? (
              <LinkButton href={`/community/spaces/${space.id}/new`} icon="note" big>
                {t("writeTopic")}
              </LinkButton>
            ) : null}
            {topics.length === 0 ? (
              <Text>{t("topicsNone")}</Text>
            ) : (
              <LinkButton href={`/community/spaces/${space.id}/search`} icon="search" tone="plain">
                {t("findTitle")}
              </LinkButton>
            )}
            <Topics {...{ language, topics, zone }} />
            {next ? (
              <LinkButton href={`/community/spaces/${space.id}?${next}`} tone="plain">
                {t("topicsOlder")}
              </LinkButton>
            ) : null}
            {refused ? (
              <Notice tone="attention">
                <Text>{t(refused)}</Text>
              </Notice>
            ) : null}
            {writes ? (
              <Hush>
                <Text>{t(space.offers ? "offered" : "offerText")}</Text>
                <ActForm action={`/community/spaces/${space.id}/offer`} fields={{ offer: space.offers ? "no" : "yes" }}>
                  <Button tone="plain">{t(space.offers ? "offerEnd" : "offer")}</Button>
                </ActForm>
              </Hush>
            ) : null}
            {writes && space.shared ? (
              <ActForm action={`/community/spaces/${space.id}/leave`}>
                <Button tone="quiet">{t("leaveSpace")}</Button>
              </ActForm>
            ) : null}
          </>
        )}
      </Stack>
    </Page>
  );
}

const when = (at: Instant, zone: string, language: Visit["language"]) => dayAndTime(at, zone, language);

/** Topics as a list; the first words of one with a note stay folded until she opens it. */
export function Topics({ language, topics, zone }: { language: Visit["language"]; topics: readonly TopicLine[]; zone: string }) {
  const t = say(language);
  return (
    <TopicList label={t("topics")}>
      {topics.map((topic) => (
        <TopicItem
          key={topic.id}
          href={`/community/topics/${topic.id}`}
          title={topic.title}
          begins={topic.begins}
          facts={[topic.by ?? t("someoneLeft"), when(topic.lastAt, zone, language), topic.replies === 0 ? t("noReplyYet") : t("replies", { count: topic.replies }), ...(topic.note ? [t("speaksOf", { what: t(`note_${topic.note}`) })] : [])]}
        />
      ))}
    </TopicList>
  );
}
