import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Card, Heading, Lead, Link, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import type { News } from "../../following/types.ts";
import { NewForHer } from "../../following/views/news.tsx";
import { isOpenTo } from "../../rules.ts";
import type { Space, TopicId } from "../../types.ts";
import { say } from "../../words.ts";

type Props = { visit: Visit; assets: Assets; news: readonly News[]; spaces: readonly Space[]; name: string; zone: string; /** She keeps the community, and is no member of it. */ keeps: boolean; /** What nobody answered, and she was asked for. */ waiting: readonly { readonly id: TopicId; readonly title: string }[] };

/** Where she can read and write. */
export function Spaces({ visit, assets, news, spaces, name, zone, keeps, waiting }: Props) {
  const { language } = visit;
  const t = say(language);
  const pausedUntil = ({ pause }: Space) => (pause ? t("pausedUntil", { time: dayAndTime(pause.until, zone, language) }) : undefined);
  // What is open to her comes first, and of that what is written in her language.
  const far = (space: Space) => (isOpenTo(space) ? 0 : 2) + (space.language === "both" || space.language === language ? 0 : 1);
  const sorted = spaces.toSorted((a, b) => far(a) - far(b));
  return (
    <Page visit={visit} assets={assets} title={t("spacesTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("spacesTitle")}</Title>
          <Lead>{keeps ? t("spacesKeeps") : t("spacesLead", { name })}</Lead>
        </Stack>
        {waiting.length > 0 ? (
          <Card>
            <Heading>{t("waitingTitle")}</Heading>
            {waiting.map(({ id, title }) => (
              <Text key={id}>
                <Link href={`/community/topics/${id}`}>{title}</Link>
              </Text>
            ))}
          </Card>
        ) : null}
        <NewForHer {...{ language, news }} />
        {spaces.length === 0 ? <Text>{t("spacesNone")}</Text> : null}
        <TopicList label={t("spacesTitle")}>
          {sorted.map((space) => (
            <TopicItem
              key={space.id}
              href={`/community/spaces/${space.id}`}
              title={space.name[language]}
              begins={space.about[language]}
              facts={[t(`in_${space.language}`), space.shared ? t(space.joined ? "sharedJoined" : "sharedNot") : t("forEveryone"), ...[pausedUntil(space) ?? []].flat()]}
            />
          ))}
        </TopicList>
        {keeps ? null : (
          <Soft>
            <Link href="/community/mine">{t("mineTitle")}</Link> · <Link href="/account">{t("accountLink")}</Link>
          </Soft>
        )}
      </Stack>
    </Page>
  );
}
