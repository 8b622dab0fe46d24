import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, Notice, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

/** "No more of these": asked once, since programs open links, too. */
export function EndNews({ visit, assets, done }: { visit: Visit; assets: Assets; done: boolean }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("newsEndTitle")}>
      <Stack gap={24}>
        <Title>{t("newsEndTitle")}</Title>
        {done ? (
          <Notice tone="done">
            <Text>{t("newsEnded")}</Text>
          </Notice>
        ) : (
          <>
            <Lead>{t("newsEndText")}</Lead>
            <ActForm action="/community/news/stop">
              <Button big>{t("newsEndDo")}</Button>
            </ActForm>
          </>
        )}
      </Stack>
    </Page>
  );
}
