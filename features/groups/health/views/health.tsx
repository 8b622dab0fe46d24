import type { Language } from "../../../../platform/i18n/words.ts";
import { ownName } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import { Heading, Lead, LinkButton, Num, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Figure, Figures } from "../../../../platform/ui/board.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { planInWords } from "../../series/in-words/rules.ts";
import { healthWeeks, shareOf, shown } from "../rules.ts";
import type { Health } from "../types.ts";
import { say } from "../words.ts";

type HealthProps = { readonly staffed: Staffed; readonly groups: readonly Health[]; readonly now: Instant };

/** Each group over the last weeks: numbers only, and none that could be somebody. */
export function HealthPage({ staffed, groups, now }: HealthProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("title")} current="groups">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        <Lead>{t("lead", { weeks: healthWeeks })}</Lead>
        {groups.length === 0 ? <Text>{t("empty")}</Text> : null}
        {groups.map((health) => (
          <OneGroup key={health.series.id} {...{ health, language, now }} />
        ))}
        <LinkButton href="/evenings" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function OneGroup({ health, language, now }: { health: Health; language: Language; now: Instant }) {
  const t = say(language);
  const { series, met, cancelled } = health;
  const number = (count: number) => {
    const as = shown(count);
    return "count" in as ? as.count.toLocaleString(language) : t("fewer", { count: as.fewer });
  };
  const back = shareOf({ part: health.cameBack, whole: health.came });
  return (
    <Stack gap={8}>
      <Row>
        <Heading>{series.kind.name[language]}</Heading>
        <Tag>{ownName[series.language]}</Tag>
        {series.endedAt ? <Tag>{t("ended")}</Tag> : null}
      </Row>
      <Soft>
        <Num>{[planInWords(series.plan, language, now), ...(met > 0 ? [t("met", { count: met })] : []), ...(cancelled > 0 ? [t("cancelled", { count: cancelled })] : [])].join(" · ")}</Num>
      </Soft>
      {met === 0 ? (
        <Text>{t("notMet")}</Text>
      ) : (
        <Figures>
          <Figure label={t("held")} value={number(health.held)} />
          <Figure label={t("came")} value={number(health.came)} />
          <Figure label={t("cameBack")} value={number(health.cameBack)} more={back === undefined ? undefined : t("ofThoseWhoCame", { share: back })} />
          <Figure label={t("waited")} value={number(health.waited)} />
          <Figure label={t("noShows")} value={number(health.noShows)} />
        </Figures>
      )}
    </Stack>
  );
}
