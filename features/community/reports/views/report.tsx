import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Heading, Link, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { ActForm, Area, Choices, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Quoted, TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import { OwnPage } from "../../mine/views/own-page.tsx";
import type { Post } from "../../types.ts";
import { say, type CommunityKey } from "../../words.ts";
import { reportReasons, type OwnReport } from "../types.ts";

type Props = { visit: Visit; assets: Assets; post: Post; formKey: string; care: CareCardContent; problems: Problems; typed?: Typed | undefined };

/** What is wrong with a post, or worrying about it; and how to see no more of it. */
export function ReportPage({ visit, assets, post, formKey, care, problems, typed }: Props) {
  const { language } = visit;
  const t = say(language);
  const problem = (field: string) => problems[field] && t(problems[field] as CommunityKey);
  const name = post.by ?? t("someoneLeft");
  const hiding = (what: string, label: string) => (
    <ActForm action={`/community/posts/${post.id}/hide`} fields={{ what }}>
      <Button tone="plain">{label}</Button>
    </ActForm>
  );
  return (
    <Page visit={visit} assets={assets} title={t("reportTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Text>
            <Link href={`/community/topics/${post.topicId}#post-${post.id}`}>{t("backToTopic")}</Link>
          </Text>
          <Title small>{t("reportTitle")}</Title>
        </Stack>
        <Quoted who={name}>{post.words}</Quoted>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as CommunityKey)])} />
        <Form action={`/community/posts/${post.id}/report`}>
          <Carried name="key" value={formKey} />
          <Choices name="reason" label={t("reportWhy")} hint={t("reportWhoReads")} typed={typed} problem={problem("reason")} choices={reportReasons.map((reason) => [reason, t(`reason_${reason}`)] as const)} />
          <Area name="words" label={t("reportWords")} typed={typed} problem={problem("words")} rows={3} />
          <Button big>{t("reportSend")}</Button>
          <Soft>{t("reportNext")}</Soft>
        </Form>
        <Stack gap={8}>
          <Heading>{t("hideTitle")}</Heading>
          <Soft>{t(post.unnamed ? "hideAlias" : "hideText", { name })}</Soft>
          {post.unnamed ? null : hiding("block", t("hideBlock", { name }))}
          {hiding("mute", t("hideMute", { name }))}
          {hiding("topic", t("hideTopic"))}
        </Stack>
        <CareCard {...care} />
      </Stack>
    </Page>
  );
}

/** What she reported, and what came of it. */
export function ReportsPage({ visit, assets, reports, zone, said }: { visit: Visit; assets: Assets; reports: readonly OwnReport[]; zone: string; said: CommunityKey | undefined }) {
  const { language } = visit;
  const t = say(language);
  return (
    <OwnPage visit={visit} assets={assets} title="reportsTitle" said={said}>
      {reports.length === 0 ? <Text>{t("reportsNone")}</Text> : null}
      <TopicList label={t("reportsTitle")}>
        {reports.map((one) => (
          <TopicItem key={one.id} href={`/community/topics/${one.topicId}`} title={one.title} begins={t(one.outcome ? `outcome_${one.outcome}` : "outcome_open")} facts={[t(`reason_${one.reason}`), dayAndTime(one.at, zone, language)]} />
        ))}
      </TopicList>
    </OwnPage>
  );
}
