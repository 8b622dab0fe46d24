import type { Language } from "../../../../platform/i18n/words.ts";
import { Heading, Stack } from "../../../../platform/ui/basics.tsx";
import { TopicItem, TopicList } from "../../../../platform/ui/thread.tsx";
import { say } from "../../words.ts";
import type { News } from "../types.ts";

/** What others wrote in what she follows since she looked; nothing where there is nothing. */
export function NewForHer({ language, news }: { language: Language; news: readonly News[] }) {
  const t = say(language);
  if (news.length === 0) return null;
  return (
    <Stack>
      <Heading>{t("newsTitle")}</Heading>
      <TopicList label={t("newsTitle")}>
        {news.map(({ id, title, count }) => (
          <TopicItem key={id} href={`/community/topics/${id}`} title={title} facts={[t("newsCount", { count })]} />
        ))}
      </TopicList>
    </Stack>
  );
}
