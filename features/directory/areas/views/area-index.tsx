import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Heading, Lead, LinkButton, Notice, Num, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ByLetter, FindForm, FoundLinks, type Findable } from "../../../../platform/ui/find.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { areaPath, isPart, type NamedArea } from "../rules.ts";
import { say } from "../words.ts";

type AreaIndexProps = { visit: Visit; assets: Assets; areas: readonly NamedArea[]; search?: { readonly typed: string; readonly found: readonly NamedArea[] } };

const findable = ({ id, name, find }: NamedArea): Findable => ({ href: `/near/${areaPath(id)}`, label: name, find });

/** Every state and country: searched on the device, or by a form, or by letter. */
export function AreaIndex({ visit, assets, areas, search }: AreaIndexProps) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("nearTitle")} under="help">
      <Stack gap={24}>
        <Title>{t("nearTitle")}</Title>
        <Lead>{t("nearLead")}</Lead>
        <LinkButton href="/find" icon="search" big>
          {t("nearFind")}
        </LinkButton>
        <FindForm action="/near" name="place" label={t("nearFindLabel")} button={t("nearFindButton")} value={search?.typed ?? ""} count={t("nearFoundLive", { count: "#" })} />
        {search ? (
          <Notice tone="done">
            <Text>
              <Num>{search.found.length > 0 ? t("nearFound", { count: search.found.length }) : t("nearFoundNone")}</Num>
            </Text>
            <FoundLinks things={search.found.map(findable)} />
          </Notice>
        ) : null}
        <Heading>{t("usHeading")}</Heading>
        <FoundLinks things={areas.filter(({ id }) => id.startsWith("US-") && !isPart(id)).map(findable)} />
        <Heading>{t("countriesHeading")}</Heading>
        <ByLetter things={areas.filter(({ id }) => id.length === 2).map(findable)} label={t("countriesHeading")} jump={t("letters")} />
      </Stack>
    </Page>
  );
}
