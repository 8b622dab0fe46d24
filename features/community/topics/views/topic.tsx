import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Details, Heading, Hush, JustDone, Link, LinkButton, Preline, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Area, Check, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import type { CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { VeiledPicture } from "../../../../platform/ui/picture.tsx";
import { NewLine, PostItem, Quoted, Thread, WarmButton, WarmRow } from "../../../../platform/ui/thread.tsx";
import { SendOrKeep, keepsAt } from "../../drafts/views/draft.tsx";
import { Follow } from "../../following/views/follow.tsx";
import { standsIn } from "../../hiding/rules.ts";
import type { Heard, HeardOf } from "../../posts/types.ts";
import { HeardInWords } from "../../posts/views/heard.tsx";
import { mayChange, mayWithdraw } from "../../rules.ts";
import { warmKinds, type ContentNote, type Picture, type Post, type Space, type TopicId } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { lastOf } from "../rules.ts";
import type { TopicShown } from "../types.ts";

type Props = {
  visit: Visit;
  assets: Assets;
  space: Space;
  shown: TopicShown;
  zone: string;
  now: Instant;
  unfolds: ReadonlySet<ContentNote>;
  /** Words that she does not want to meet. */
  muted: readonly string[];
  /** What was found in words of hers. */
  heard: HeardOf;
  care: CareCardContent;
  /** She may write here. */
  writes: boolean;
  /** And show pictures. */
  takesPictures: boolean;
  follows: boolean;
  /** Minutes until somebody has read what waits; undefined where it cannot be said. */
  reading: number | undefined;
  replyKey: string;
  quoting?: Post | undefined;
  problems?: Problems | undefined;
  typed?: Typed | undefined;
  /** When what she began to answer was kept. */
  keptAt: Instant | undefined;
  said?: CommunityKey | undefined;
};

/** A topic: what was written, in order, and a field to answer in. */
export function TopicPage(props: Props) {
  const { visit, assets, space, shown, zone, now, unfolds, muted, heard, care, writes, takesPictures, said } = props;
  const { language } = visit;
  const t = say(language);
  const { topic, posts } = shown;
  const folded = topic.note !== undefined && !unfolds.has(topic.note);
  const thread = (
    <Thread label={t("posts")}>
      <Posts {...{ language, posts, zone, now, writes, takesPictures, muted, heard, care }} />
    </Thread>
  );
  return (
    <Page visit={visit} assets={assets} title={topic.title} scripts={["live"]}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href={`/community/spaces/${space.id}`}>{space.name[language]}</Link>
          </Text>
          <Title small>{topic.title}</Title>
        </Stack>
        {said ? (
          <JustDone>
            <Text>{t(said)}</Text>
          </JustDone>
        ) : null}
        {folded && topic.note ? (
          <Details summary={t("speaksOfOpen", { what: t(`note_${topic.note}`) })} open={said !== undefined || props.problems !== undefined}>
            {thread}
          </Details>
        ) : (
          thread
        )}
        {topic.shownAt ? <NewLine watching={<Watching id={topic.id} after={lastOf(posts)} />} /> : null}
        {writes && topic.shownAt && !space.pause ? <Reply {...props} /> : null}
        {writes && topic.shownAt ? <Follow {...{ language }} id={topic.id} follows={props.follows} /> : null}
        {space.pause ? <Soft>{t("pausedBecause", { reason: space.pause.reason[language], time: dayAndTime(space.pause.until, zone, language) })}</Soft> : null}
      </Stack>
    </Page>
  );
}

/** From this number on her page is told of more. */
export const Watching = ({ id, after }: { id: TopicId; after: number }) => <LiveSource src={`/community/topics/${id}/stream?after=${after}`} />;

export type PostsProps = Pick<Props, "zone" | "now" | "writes" | "takesPictures" | "muted" | "heard" | "care"> & { language: Visit["language"]; posts: readonly Post[] };

/** Posts in their order. What has a word that she does not want to meet is folded. */
export const Posts = ({ language, posts, zone, now, writes, takesPictures, muted, heard, care }: PostsProps) => (
  <>
    {posts.map((post) => (
      <OnePost key={post.id} {...{ language, post, zone, now, writes, takesPictures, care }} folded={!post.own && standsIn(post.words, muted)} heard={heard.get(post.id)} />
    ))}
  </>
);

type OneProps = { language: Visit["language"]; post: Post; zone: string; now: Instant; writes: boolean; takesPictures: boolean; folded: boolean; heard: Heard | undefined; care: CareCardContent };

function OnePost({ language, post, zone, now, writes, takesPictures, folded, heard, care }: OneProps) {
  const t = say(language);
  const at = `/community/posts/${post.id}`;
  const who = `${post.by ?? t("someoneLeft")}${post.own ? ` (${t(post.unnamed ? "youUnnamed" : "you")})` : ""}`;
  const gone = post.state === "withdrawn" ? t("takenBack") : post.state === "removed" && !post.own ? t("removedByModerator") : undefined;
  return (
    <PostItem id={post.id} who={who} when={`${dayAndTime(post.writtenAt, zone, language)}${post.editedAt ? ` · ${t("changed")}` : ""}`} own={post.own} first={post.opening} standing={post.own ? <Standing language={language} post={post} /> : undefined} acts={writes && !gone ? <Acts {...{ language, post, now, at, takesPictures }} /> : undefined}>
      {post.quotes ? <Quoted who={post.quotes.by ?? t("someoneLeft")}>{post.quotes.words}</Quoted> : null}
      {gone ? <Soft>{gone}</Soft> : null}
      {folded && !gone ? (
        <Details summary={t("hasYourWord")}>
          <Preline>{post.words}</Preline>
        </Details>
      ) : null}
      {folded || gone ? null : <Preline>{post.words}</Preline>}
      {gone ? null : <PicturesShown language={language} pictures={post.pictures} />}
      {heard && !gone ? <HeardInWords {...{ language, heard, care }} /> : null}
    </PostItem>
  );
}

/** Each folded under what it shows and what it weighs: nobody meets a picture, or pays for it, before she asks. */
export const PicturesShown = ({ language, pictures }: { language: Visit["language"]; pictures: readonly Picture[] }) => (
  <>
    {pictures.map((picture) => (
      <VeiledPicture key={picture.id} {...picture} language={language} src={`/community/pictures/${picture.id}`} />
    ))}
  </>
);

/** How it truly stands, for who wrote it. */
export function Standing({ language, post }: { language: Visit["language"]; post: Pick<Post, "state" | "heldFor" | "id"> }) {
  const t = say(language);
  if (post.state === "shown" || post.state === "withdrawn" || post.state === "erased") return null;
  return (
    <Hush>
      <Text>{t(`state_${post.state}`)}</Text>
      {post.state === "held" ? post.heldFor.map((reason) => <Soft key={reason}>{t(`held_${reason}`)}</Soft>) : null}
      {post.state === "held" ? null : <Link href={`/community/posts/${post.id}`}>{t("whyAndWhat")}</Link>}
    </Hush>
  );
}

function Acts({ language, post, now, at, takesPictures }: { language: Visit["language"]; post: Post; now: Instant; at: string; takesPictures: boolean }) {
  const t = say(language);
  if (post.own)
    return (
      <Row>
        {mayChange(post, now) ? (
          <LinkButton href={`${at}/change`} tone="quiet">
            {t("change")}
          </LinkButton>
        ) : null}
        {takesPictures && mayChange(post, now) ? (
          <LinkButton href={`${at}/pictures`} tone="quiet">
            {t(post.pictures.length > 0 ? "picturesChange" : "picturesAdd")}
          </LinkButton>
        ) : null}
        {mayWithdraw(post) ? (
          <LinkButton href={`${at}/withdraw`} tone="quiet">
            {t("takeBack")}
          </LinkButton>
        ) : null}
        {[...post.warm].map((kind) => (
          <Soft key={kind}>{t(`got_${kind}`)}</Soft>
        ))}
      </Row>
    );
  return (
    <>
      <WarmRow label={t("warmLabel")}>
        {warmKinds.map((kind) => (
          <WarmButton key={kind} action={`${at}/warm`} kind={kind} does={post.hers.has(kind)} others={post.warm.has(kind)}>
            {t(`warm_${kind}`)}
          </WarmButton>
        ))}
      </WarmRow>
      <Row>
        <LinkButton href={`/community/topics/${post.topicId}?quote=${post.id}#reply`} tone="quiet">
          {t("quote")}
        </LinkButton>
        <LinkButton href={`${at}/report`} tone="quiet">
          {t("reportOrBlock")}
        </LinkButton>
      </Row>
    </>
  );
}

/** How long reading takes now, as it can honestly be said. */
export const readingSays = (language: Visit["language"], mode: Space["mode"], reading: number | undefined): string => {
  const t = say(language);
  if (mode === "watch") return t("readAfter");
  const first = t(mode === "read_first" ? "readFirst" : "readNew");
  return `${first} ${reading === undefined ? t("readingUnknown") : t("readingNow", { minutes: reading })}`;
};

function Reply({ visit: { language }, space, shown: { topic }, reading, replyKey, quoting, problems = {}, typed, keptAt, zone, now }: Props) {
  const t = say(language);
  const place = { topicId: topic.id };
  const problem = problems["words"] && t(problems["words"] as CommunityKey);
  return (
    <section id="reply" tabIndex={-1} aria-label={t("replyTitle")}>
      <Stack gap={16}>
        <Heading>{t("replyTitle")}</Heading>
        <ErrorSummary language={language} problems={problem ? [["words", problem]] : []} />
        {quoting ? <Quoted who={quoting.by ?? t("someoneLeft")}>{quoting.words}</Quoted> : null}
        <Form action={`/community/topics/${topic.id}/replies`} keeps={keepsAt(place)}>
          <Carried name="key" value={replyKey} />
          {quoting ? <Carried name="quotes" value={quoting.id} /> : null}
          <Area name="words" label={t("yourWords")} hint={readingSays(language, space.mode, reading)} problem={problem} typed={typed} rows={5} required />
          <Check name="unnamed" label={t("unnamed")} hint={t("unnamedHint")} checked={typed?.["unnamed"]?.[0] === "yes"} />
          {space.pictures ? <Check name="picture" label={t("withPicture")} hint={t("withPictureHint")} checked={typed?.["picture"]?.[0] === "yes"} /> : null}
          <SendOrKeep {...{ language, place, keptAt, zone, now }} />
        </Form>
      </Stack>
    </section>
  );
}
