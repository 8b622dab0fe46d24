import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Heading, JustDone, LinkButton, Preline, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary, Field, FileField, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { VeiledPicture } from "../../../../platform/ui/picture.tsx";
import { longestShows, mostPictures } from "../../rules.ts";
import type { Post } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { Standing } from "../../topics/views/topic.tsx";

type Props = { visit: Visit; assets: Assets; post: Post; /** What a file may weigh, in megabytes. */ mostMb: number; formKey: string; said?: CommunityKey | undefined; problems?: Problems; typed?: Typed };

/** Her words are kept; here pictures come to them, one at a time, and go. */
export function PicturesPage({ visit, assets, post, mostMb, formKey, said, problems = {}, typed }: Props) {
  const { language } = visit;
  const t = say(language);
  const says = (key: string) => t(key as CommunityKey, { mb: mostMb });
  const problem = (field: string) => problems[field] && says(problems[field]);
  const at = `/community/posts/${post.id}/pictures`;
  return (
    <Page visit={visit} assets={assets} title={t("picturesTitle")} scripts={["picture"]}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("picturesTitle")}</Title>
          <Text>{t("picturesLead")}</Text>
        </Stack>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, says(key)])} />
        {said ? (
          <JustDone>
            <Text>{t(said)}</Text>
          </JustDone>
        ) : null}
        <Card>
          <Preline>{post.words}</Preline>
          <Standing language={language} post={post} />
          {post.pictures.map((picture) => (
            <Stack key={picture.id} gap={8}>
              <VeiledPicture {...picture} language={language} src={`/community/pictures/${picture.id}`} />
              <ActForm action={`${at}/${picture.id}/remove`}>
                <Button tone="quiet">{t("pictureRemove")}</Button>
              </ActForm>
            </Stack>
          ))}
        </Card>
        {post.pictures.length >= mostPictures ? (
          <Text>{t("picturesMost")}</Text>
        ) : (
          <Form action="/community/pictures" files>
            <Heading>{t("picturesAdd")}</Heading>
            <Soft>{t("picturesTell")}</Soft>
            <Carried name="key" value={formKey} />
            <Carried name="post" value={post.id} />
            <FileField name="picture" label={t("pictureFile")} hint={t("pictureFileHint", { mb: mostMb })} problem={problem("picture")} accept="image/jpeg,image/png,image/webp" />
            <Field name="shows" label={t("pictureShows")} hint={t("pictureShowsHint")} typed={typed} problem={problem("shows")} maxLength={longestShows} required />
            <Button tone={post.pictures.length > 0 ? "plain" : "primary"}>{t("pictureAdd")}</Button>
          </Form>
        )}
        <LinkButton href={`/community/topics/${post.topicId}#post-${post.id}`} tone={post.pictures.length > 0 ? "primary" : "plain"}>
          {t("pictureDone")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
