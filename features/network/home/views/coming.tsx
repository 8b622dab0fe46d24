import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Heading, Lead, LinkButton, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Lines, type LineShown } from "../../../../platform/ui/lines.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../../words.ts";

type ComingProps = { visit: Visit; assets: Assets; room: "village"; lines: readonly LineShown[] };

/** A room that is not built yet: what is coming, and who helps meanwhile. */
export function Coming({ visit, assets, room, lines }: ComingProps) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t(`${room}Title`)} under={room}>
      <Stack gap={24}>
        <Title>{t(`${room}Title`)}</Title>
        <Lead>{t(`${room}Lead`)}</Lead>
        <Bullets>
          <li>{t(`${room}One`)}</li>
          <li>{t(`${room}Two`)}</li>
          <li>{t(`${room}Three`)}</li>
        </Bullets>
        <Heading>{t("meanwhile")}</Heading>
        <Text>{t("meanwhileVillage")}</Text>
        <LinkButton href="/find" icon="search" big>
          {t("find")}
        </LinkButton>
        <Lines lines={lines} label={t("linesLabel")} />
        <Text>{t("meanwhileTalk")}</Text>
        <LinkButton href="/message" icon="message" tone="plain" big>
          {t("messageVolunteer")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
