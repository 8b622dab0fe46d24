import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Heading, Lead, Link, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, Choices, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import type { DraftLine } from "../../drafts/types.ts";
import { Drafts } from "../../drafts/views/draft.tsx";
import type { News } from "../../following/types.ts";
import { NewForHer } from "../../following/views/news.tsx";
import type { Telling } from "../../news/types.ts";
import { TellHer } from "../../news/views/telling.tsx";
import { contentNotes, type ContentNote } from "../../types.ts";
import { say } from "../../words.ts";
import type { Mine } from "../queries.ts";

type Props = { visit: Visit; assets: Assets; name: string; telling: Telling; pushKey: string; news: readonly News[]; drafts: readonly DraftLine[]; posts: readonly Mine[]; unfolds: ReadonlySet<ContentNote>; zone: string; now: Instant };

/** All that she wrote, in its true state. */
export function MinePage({ visit, assets, name, telling, pushKey, news, drafts, posts, unfolds, zone, now }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("mineTitle")} scripts={["push"]}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href="/community/spaces">{t("allSpaces")}</Link>
          </Text>
          <Title>{t("mineTitle")}</Title>
          <Lead>{t("mineLead", { name })}</Lead>
        </Stack>
        <Soft>
          <Link href="/community/reports">{t("mineReports")}</Link> · <Link href="/community/hidden">{t("mineHidden")}</Link> · <Link href="/safety/looks">{t("mineLooks")}</Link> · <Link href="/community/consents">{t("exportConsents")}</Link> · <Link href="/community/leave">{t("leaveTitle")}</Link>
        </Soft>
        <ActForm action="/community/export">
          <Button tone="plain">{t("exportAll")}</Button>
        </ActForm>
        <NewForHer {...{ language, news }} />
        <Drafts {...{ language, drafts, zone, now }} />
        {posts.length === 0 ? <Text>{t("mineNone")}</Text> : null}
        <TopicList label={t("mineTitle")}>
          {posts.map((post) => (
            <TopicItem
              key={post.id}
              href={post.state === "shown" || post.state === "withdrawn" ? `/community/topics/${post.topicId}#post-${post.id}` : `/community/posts/${post.id}`}
              title={post.title}
              begins={post.words || undefined}
              facts={[dayAndTime(post.writtenAt, zone, language), t(`short_${post.state}`), ...(post.unnamed ? [t("withoutName")] : [])]}
            />
          ))}
        </TopicList>
        <TellHer {...{ language, telling, pushKey }} />
        <Stack gap={8}>
          <Heading>{t("unfoldsTitle")}</Heading>
          <Soft>{t("unfoldsHint")}</Soft>
          <Form action="/community/mine/unfolds">
            <Choices name="unfolds" several label={t("unfoldsLabel")} typed={{ unfolds: [...unfolds] }} choices={contentNotes.map((note) => [note, t(`note_${note}`)] as const)} />
            <Button tone="plain">{t("unfoldsSave")}</Button>
          </Form>
        </Stack>
      </Stack>
    </Page>
  );
}
