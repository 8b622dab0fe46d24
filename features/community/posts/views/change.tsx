import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Heading, Link, LinkButton, Preline, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, Area, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { Decision, Post } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { PicturesShown, Standing } from "../../topics/views/topic.tsx";

type Props = { visit: Visit; assets: Assets; post: Post };

/** Other words in place of hers. */
export function ChangePost({ visit, assets, post, problem, typed }: Props & { problem?: string | undefined; typed?: string | undefined }) {
  const { language } = visit;
  const t = say(language);
  const says = problem && t(problem as CommunityKey);
  return (
    <Page visit={visit} assets={assets} title={t("changeTitle")}>
      <Stack gap={24}>
        <Title>{t("changeTitle")}</Title>
        <ErrorSummary language={language} problems={says ? [["words", says]] : []} />
        <Form action={`/community/posts/${post.id}/change`}>
          <Area name="words" label={t("yourWords")} hint={t("changeHint")} value={typed ?? post.words} problem={says} rows={8} required />
          <Button>{t("saveChange")}</Button>
        </Form>
        <Text>
          <Link href={`/community/topics/${post.topicId}`}>{t("backToTopic")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

/** Taking it back is asked once. */
export function WithdrawPost({ visit, assets, post }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("withdrawTitle")}>
      <Stack gap={24}>
        <Title>{t("withdrawTitle")}</Title>
        <Preline>{post.words}</Preline>
        <Text>{t("withdrawText")}</Text>
        <ActForm action={`/community/posts/${post.id}/withdraw`}>
          <Button>{t("takeBack")}</Button>
        </ActForm>
        <LinkButton href={`/community/topics/${post.topicId}`} tone="plain">
          {t("keepIt")}
        </LinkButton>
      </Stack>
    </Page>
  );
}

/** How one post of hers stands, and what she can do. */
export function OwnPost({ visit, assets, post, decided, zone }: Props & { decided: readonly { readonly id: string; readonly decision: Decision; readonly at: Instant }[]; zone: string }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("ownPostTitle")}>
      <Stack gap={24}>
        <Title small>{t("ownPostTitle")}</Title>
        <Standing language={visit.language} post={post} />
        <Preline>{post.words}</Preline>
        <PicturesShown language={visit.language} pictures={post.pictures} />
        {decided.length > 0 ? <Heading>{t("decidedTitle")}</Heading> : null}
        {decided.map((one) => (
          <Card key={one.id}>
            <Text>{t(`decided_${one.decision}`)}</Text>
            <Soft>{dayAndTime(one.at, zone, visit.language)}</Soft>
            <Link href={`/safety/decisions/${one.id}`}>{t("decidedSee")}</Link>
          </Card>
        ))}
        <Soft>
          <Link href={`/community/topics/${post.topicId}`}>{t("backToTopic")}</Link>
        </Soft>
      </Stack>
    </Page>
  );
}
