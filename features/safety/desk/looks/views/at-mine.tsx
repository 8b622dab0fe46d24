import type { Visit } from "../../../../../platform/http/visit.ts";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Card, Lead, Soft, Stack, Strong, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";
import type { LookToMember } from "../types.ts";

/** "Who looked at my things": every look at what is private of hers. */
export function LooksAtMine({ visit, assets, zone, looks }: { visit: Visit; assets: Assets; zone: string; looks: readonly LookToMember[] }) {
  const t = say(visit.language);
  const time = (at: LookToMember["at"]) => dayAndTime(at, zone, visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("atMineTitle")}>
      <Stack gap={24}>
        <Title>{t("atMineTitle")}</Title>
        <Lead>{t("atMineLead")}</Lead>
        {looks.length === 0 ? <Text>{t("atMineNone")}</Text> : null}
        {looks.map(({ what, reason, byRole, at, until, agreed, wasRight, subjectId }) => (
          <Card key={at.toString() + subjectId + what}>
            <Strong>{t(`atMine_${what}`)}</Strong>
            <Text>{t(`lookReason_${reason}`)}</Text>
            <Text>{t(agreed ? "atMineTwo" : wasRight === undefined ? "atMineAlone" : wasRight ? "wasRight" : "wasNotRight")}</Text>
            <Soft>
              {t(`lookBy_${byRole}`)} · {t("atMineFromTo", { from: time(at), to: time(until) })}
            </Soft>
          </Card>
        ))}
      </Stack>
    </Page>
  );
}
