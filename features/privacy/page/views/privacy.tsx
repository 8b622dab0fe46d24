import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Details, Heading, Lead, Link, Num, Preline, Said, Soft, Stack, Strong, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { Network } from "../../../network/types.ts";
import { complaintsGoTo, dataClasses, healthClasses } from "../../rules.ts";
import type { ClassId, Clocks } from "../../types.ts";
import { say } from "../../words.ts";
import { receiversIn } from "../../in-words/rules.ts";

type Props = { visit: Visit; assets: Assets; network: Network | undefined; clocks: Clocks };

/**
 * The health-data page. What it has to say: the classes of health data, the purposes, the sources, who is given them, how each right is used
 * (RCW 19.373.020), the grounds, the times, whom to complain to (GDPR, art. 13 and 14), and no promise that the program does not keep (FTC Act, s. 5).
 */
export function PrivacyPage({ visit, assets, network, clocks }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("title")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("title")}</Title>
          <Lead>{t("lead")}</Lead>
        </Stack>
        <Heading>{t("shortTitle")}</Heading>
        <Bullets>
          {(["short1", "short2", "short3", "short4", "short5"] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </Bullets>
        <Text>
          <Link href="/safety/promise">{t("promise")}</Link>
        </Text>
        <Heading>{t("classesTitle")}</Heading>
        <Soft>{t("classesLead")}</Soft>
        <Stack gap={8}>
          {healthClasses.map((id) => (
            <OneClass key={id} {...{ id, visit, clocks }} />
          ))}
        </Stack>
        <Rights visit={visit} />
        <Asking {...{ visit, network }} />
        <Heading>{t("changesTitle")}</Heading>
        <Text>{t("changes")}</Text>
        <More {...{ visit, network }} />
        <Text>
          <Link href="/">{t("home")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

function OneClass({ id, visit: { language }, clocks }: { id: ClassId; visit: Visit; clocks: Clocks }) {
  const t = say(language);
  const { from, receivers } = dataClasses[id];
  return (
    <Details summary={t(`name_${id}`)}>
      <Text>{t(`what_${id}`)}</Text>
      <Text>{t(`why_${id}`)}</Text>
      <Said
        rows={[
          [t("rowFrom"), t(`from_${from}`)],
          [t("rowWho"), receiversIn(language, receivers)],
          [t("rowKept"), <Num>{t(`kept_${id}`, clocks)}</Num>],
        ]}
      />
    </Details>
  );
}

function Rights({ visit: { language } }: { visit: Visit }) {
  const t = say(language);
  return (
    <>
      <Heading>{t("rightsTitle")}</Heading>
      <Text>{t("rightsLead")}</Text>
      <Bullets>
        <li>
          {t("rightTalk")} <Link href="/privacy/conversation">{t("rightTalkReport")}</Link> · <Link href="/conversation/erase">{t("rightTalkErase")}</Link>
        </li>
        <li>
          {t("rightPlace")} <Link href="/privacy/mine">{t("rightReport")}</Link> · <Link href="/community/mine">{t("rightMine")}</Link> · <Link href="/community/consents">{t("rightConsents")}</Link> · <Link href="/community/leave">{t("rightLeave")}</Link>
        </li>
        <li>{t("rightSeat")}</li>
      </Bullets>
      <Soft>{t("rightBackup")}</Soft>
    </>
  );
}

function Asking({ visit: { language }, network }: Pick<Props, "visit" | "network">) {
  const t = say(language);
  return (
    <>
      <Heading>{t("askTitle")}</Heading>
      {network ? <Text>{t("askHost", { network: network.name, host: network.hostOrganisation })}</Text> : null}
      {network?.privacy.contact ? (
        <Text>
          {t("askContact")} <Strong>{network.privacy.contact}</Strong>
        </Text>
      ) : (
        <Text>{t("askNoContact")}</Text>
      )}
      <Heading>{t("complainTitle")}</Heading>
      <Text>{t(`complain_${complaintsGoTo(network?.country ?? "")}`)}</Text>
      {network?.privacy.complainTo ? <Text>{network.privacy.complainTo}</Text> : null}
    </>
  );
}

function More({ visit: { language }, network }: Pick<Props, "visit" | "network">) {
  const more = network?.privacy.more[language];
  return network && more ? (
    <>
      <Heading>{say(language)("moreTitle", { host: network.hostOrganisation })}</Heading>
      <Preline>{more}</Preline>
    </>
  ) : null;
}
