import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Details, Heading, Lead, Link, LinkButton, Num, PlainList, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { Network } from "../../types.ts";
import type { Package } from "../types.ts";
import { say } from "../words.ts";

type AboutProps = { visit: Visit; assets: Assets; network: Network | undefined; packages: readonly Package[] };

/** Data and drawings of others, whose licences ask for a name. */
const credits = [
  ["towns", "GeoNames", "https://www.geonames.org/", "CC BY 4.0"],
  ["zips", "zipcodes", "https://www.npmjs.com/package/zipcodes", "BSD"],
  ["zones", "tz-lookup", "https://github.com/photostructure/tz-lookup", "CC0"],
  ["maps", "us-atlas, world-atlas", "https://github.com/topojson", "ISC"],
  ["emergency", "AOSP, libphonenumber", "https://source.android.com/", "Apache 2.0"],
  ["standard", "Open Referral", "https://docs.openreferral.org/", "CC BY-SA 4.0"],
  ["letters", "Braille Institute, Bastien Sozeau", "https://fontsource.org/", "OFL 1.1"],
  ["icons", "Phosphor", "https://phosphoricons.com/", "MIT"],
] as const;

/** What this is and who runs it, in a few sentences; then everything that it owes to others. */
export function About({ visit, assets, network, packages }: AboutProps) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("title")}>
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        <Lead>{t("what")}</Lead>
        <Text>{t("notWhat")}</Text>
        <LinkButton href="/find" icon="search" big>
          {t("find")}
        </LinkButton>
        <Heading>{t("whoTitle")}</Heading>
        <Text>{network ? t("who", { network: network.name, host: network.hostOrganisation }) : t("whoNobody")}</Text>
        <Heading>{t("keepTitle")}</Heading>
        <Text>
          {t("keep")} <Link href="/privacy">{t("keepMore")}</Link>
        </Text>
        <Heading>{t("sureTitle")}</Heading>
        <Text>{t("sure")}</Text>
        <Heading>{t("openTitle")}</Heading>
        <Text>{t("open")}</Text>
        <Text>
          {t("openData")} <Link href="/hsds/docs">{t("openDataMore")}</Link>
        </Text>
        <Heading>{t("dataTitle")}</Heading>
        <PlainList label={t("dataTitle")}>
          {credits.map(([key, who, href, licence]) => (
            <li key={key}>
              {t(key)}:{" "}
              <Link href={href} external>
                {who}
              </Link>
              . <Num>{t("licence", { licence })}</Num>
            </li>
          ))}
        </PlainList>
        <Details summary={t("packages", { count: packages.length })}>
          {packages.map(({ name, version, licence }) => (
            <Soft key={`${name} ${version}`}>
              <Num>
                {name} {version}: {licence}
              </Num>
            </Soft>
          ))}
        </Details>
      </Stack>
    </Page>
  );
}
