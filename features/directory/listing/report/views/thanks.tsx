import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { LinkButton, Notice, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../../platform/ui/care-card.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import type { Reported } from "../../../reports/commands.ts";
import type { ReportKind } from "../../../reports/types.ts";
import { say } from "../words.ts";

type ThanksProps = { visit: Visit; assets: Assets; kind: ReportKind; done: Reported; care: CareCardContent };

type Done = Exclude<Reported, { refused: unknown }>;

/** What came of it, and no more than that. */
function thanksFor(kind: ReportKind, { hidden, called, counts }: Done) {
  if (kind === "unsafe") return hidden ? (called ? "thanks_unsafe" : "thanks_unsafe_known") : called ? "thanks_unsafe_line" : "thanks_read";
  if (kind === "cannot_reach") return called ? "thanks_doubt" : "thanks_cannot_reach";
  return kind === "full" && !counts ? "thanks_read" : (`thanks_${kind}` as const);
}

/** What happens with it, and where to go on. */
export function Thanks({ visit, assets, kind, done, care }: ThanksProps) {
  const t = say(visit.language);
  const refused = "refused" in done;
  const said = "refused" in done ? "tooMany" : done.again ? "again" : thanksFor(kind, done);
  const unsafe = kind === "unsafe";
  return (
    <Page visit={visit} assets={assets} title={t("thanksTitle")}>
      <Stack gap={24}>
        <Title>{t("thanksTitle")}</Title>
        <Notice tone="done">
          <Text>{t(said)}</Text>
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
