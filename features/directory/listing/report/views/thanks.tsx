import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { LinkButton, Notice, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import type { Reported } from "../../../reports/commands.ts";
import type { ReportKind } from "../../../reports/types.ts";
import { say } from "../words.ts";

type ThanksProps = { visit: Visit; assets: Assets; kind: ReportKind; done: Reported; care: CareCardContent };

/** What happens with it, and where to go on. */
export function Thanks({ visit, assets, kind, done, care }: ThanksProps) {
  const t = say(visit.language);
  const refused = "refused" in done;
  const unsafe = kind === "unsafe";
  return (
    <Page visit={visit} assets={assets} title={t("thanksTitle")}>
      <Stack gap={24}>
        <Title>{t("thanksTitle")}</Title>
        <Notice tone="done">
          <Text>{refused ? t("tooMany") : done.again ? t("again") : t(`thanks_${kind}`)}</Text>
        </Notice>
        {unsafe ? <Text>{t("unsafeTalk")}</Text> : null}
        {unsafe || refused ? (
          <LinkButton href="/message" icon="message" big>
            {t("talk")}
          </LinkButton>
        ) : (
          <LinkButton href="/find" icon="search" big>
            {t("back")}
          </LinkButton>
        )}
        {unsafe ? <CareCard {...care} /> : null}
      </Stack>
    </Page>
  );
}
