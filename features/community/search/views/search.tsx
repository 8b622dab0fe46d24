import type { Visit } from "../../../../platform/http/visit.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Link, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Marked, TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import { standsIn } from "../../hiding/rules.ts";
import type { ContentNote, Space } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { longestSearch, sentenceAround } from "../rules.ts";
import type { Found } from "../types.ts";

type Results = { readonly posts: readonly Found[]; readonly wanted: readonly string[]; /** Where the list goes on. */ readonly next: number | undefined; readonly zone: string; readonly unfolds: ReadonlySet<ContentNote>; /** Words that she does not want to meet. */ readonly muted: readonly string[] };
type Props = { visit: Visit; assets: Assets; space: Space; typed: string; problem?: CommunityKey | undefined; /** Undefined: she has not asked yet. */ found?: Results };

/** Looking for words in one space, and what was found: the topic, and the sentence in which they stand. */
export function SearchPage({ visit, assets, space, typed, problem, found }: Props) {
  const { language } = visit;
  const t = say(language);
  const says = problem && t(problem);
  const action = `/community/spaces/${space.id}/search`;
  return (
    <Page visit={visit} assets={assets} title={t("findTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href={`/community/spaces/${space.id}`}>{space.name[language]}</Link>
          </Text>
          <Title>{t("findTitle")}</Title>
        </Stack>
        <ErrorSummary language={language} problems={says ? [["words", says]] : []} />
        <Form action={action}>
          <Field name="words" type="search" label={t("findLabel")} hint={t("findHint")} value={typed} problem={says} maxLength={longestSearch} />
          <Button icon="search">{t("find")}</Button>
        </Form>
        {found ? (
          <>
            <div role="status">{found.posts.length === 0 ? <Text>{t("findNone")}</Text> : <Soft>{t("findOnly")}</Soft>}</div>
            <TopicList label={t("found")}>
              {found.posts.map((post) => (
                <OneFound key={post.id} {...{ language, post, found }} />
              ))}
            </TopicList>
            {found.next ? (
              <ActForm action={action} fields={{ words: typed, before: String(found.next) }}>
                <Button tone="plain">{t("topicsOlder")}</Button>
              </ActForm>
            ) : null}
          </>
        ) : null}
      </Stack>
    </Page>
  );
}

/** What is folded in its topic shows no sentence here. */
function OneFound({ language, post, found: { wanted, zone, unfolds, muted } }: { language: Language; post: Found; found: Results }) {
  const t = say(language);
  const { note } = post;
  const noted = note !== undefined && !unfolds.has(note);
  const hasHerWord = !post.own && standsIn(post.words, muted);
  const facts = [post.by ?? t("someoneLeft"), dayAndTime(post.writtenAt, zone, language), ...(note ? [t("speaksOf", { what: t(`note_${note}`) })] : []), ...(hasHerWord ? [t("findHasYourWord")] : [])];
  return <TopicItem href={`/community/topics/${post.topicId}#post-${post.id}`} title={post.title} around={noted || hasHerWord ? undefined : <Marked pieces={sentenceAround(post.words, wanted, language)} />} facts={facts} />;
}
