import { typedText, type Problems, type Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { languages } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Link, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { Area, Check, Choices, ErrorSummary, Field, Form, Select } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { SendOrKeep, keepsAt } from "../../drafts/views/draft.tsx";
import { longestTitle } from "../../rules.ts";
import { contentNotes, type Space } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { readingSays } from "./topic.tsx";

type Props = { visit: Visit; assets: Assets; space: Space; formKey: string; reading: number | undefined; care: CareCardContent; problems?: Problems; typed?: Typed | undefined; /** When what is typed in it was kept. */ keptAt: Instant | undefined; zone: string; now: Instant };

/** Opening a topic. */
export function NewTopic({ visit, assets, space, formKey, reading, care, problems = {}, typed, keptAt, zone, now }: Props) {
  const { language } = visit;
  const t = say(language);
  const place = { spaceId: space.id };
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  return (
    <Page visit={visit} assets={assets} title={t("writeTopic")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href={`/community/spaces/${space.id}`}>{space.name[language]}</Link>
          </Text>
          <Title>{t("writeTopic")}</Title>
          <Text>{readingSays(language, space.mode, reading)}</Text>
          <Text>
            <Link href="/safety/promise">{t("dangerPromise")}</Link>
          </Text>
        </Stack>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as CommunityKey)])} />
        <Form action={`/community/spaces/${space.id}/topics`} keeps={keepsAt(place)}>
          <Carried name="key" value={formKey} />
          <Field name="title" label={t("topicTitle")} hint={t("topicTitleHint")} typed={typed} problem={problem("title")} maxLength={longestTitle} required />
          <Area name="words" label={t("yourWords")} typed={typed} problem={problem("words")} rows={8} required />
          {space.language === "both" ? <Choices name="language" label={t("writtenIn")} typed={typed} value={language} choices={languages.map((one) => [one, t(`in_${one}`)] as const)} /> : <Carried name="language" value={space.language} />}
          <Select name="note" label={t("noteLabel")} hint={t("noteHint")} typed={typed} value="" choices={[["", t("noteNone")], ...contentNotes.map((note) => [note, t(`note_${note}`)] as const)]} />
          <Check name="unnamed" label={t("unnamed")} hint={t("unnamedHint")} checked={typedText(typed, "unnamed") === "yes"} />
          {space.pictures ? <Check name="picture" label={t("withPicture")} hint={t("withPictureHint")} checked={typedText(typed, "picture") === "yes"} /> : null}
          <SendOrKeep big {...{ language, place, keptAt, zone, now }} />
        </Form>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}
