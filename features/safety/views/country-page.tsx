import type { Visit } from "../../../platform/http/visit.ts";
import { Button, Details, Facts, Heading, Link, LinkButton, Notice, Num, Row, Soft, Stack, Strong, Text, Title } from "../../../platform/ui/basics.tsx";
import { CareCard } from "../../../platform/ui/care-card.tsx";
import type { Assets } from "../../../platform/ui/assets.ts";
import { ActForm } from "../../../platform/ui/fields.tsx";
import { Lines } from "../../../platform/ui/lines.tsx";
import { Page } from "../../../platform/ui/page.tsx";
import { careCard, shownLine } from "../in-words/rules.ts";
import emergencyNumbers from "../data/emergency-numbers.json" with { type: "json" };
import type { Help, Line } from "../types.ts";
import { say } from "../words.ts";

type CountryPageProps = {
  visit: Visit;
  assets: Assets;
  help: Help;
  /** The country in the reader's language. */
  name: string;
  code: string;
  /** It is the one she chose. */
  chosen: boolean;
  /** Shown from her phone's own memory. */
  offline?: boolean;
};

/** All numbers of one country: whole without scripts, small enough for one trip over a slow line. */
export function CountryPage({ visit, assets, help, name, code, chosen, offline }: CountryPageProps) {
  const t = say(visit.language);
  const title = t("helpCountryTitle", { country: name });
  const lines = (some: readonly Line[]) => some.map((line) => shownLine(line, visit.language, help));
  return (
    <Page visit={visit} assets={assets} title={title} under="help">
      <Stack gap={24}>
        {offline ? <Offline language={visit.language} /> : null}
        <Title>{title}</Title>
        <CareCard {...careCard(visit.language, help)} />
        {help.emergency.certain ? null : (
          <Text>
            <Num>{t("notSure", { numbers: help.emergency.ambulance.join(` ${t("or")} `) })}</Num>
          </Text>
        )}
        <Heading>{t("crisisHeading")}</Heading>
        {help.crisis.length > 0 ? (
          <>
            <Text>{t("crisisLead")}</Text>
            <Lines lines={lines(help.crisis)} label={t("crisisHeading")} />
          </>
        ) : (
          <>
            <Text>{t("noCrisis", { country: name })}</Text>
            <Lines lines={lines(help.elsewhere.filter(({ kind }) => kind === "crisis"))} label={t("crisisHeading")} />
          </>
        )}
        <Heading>{t("parentsHeading")}</Heading>
        <Text>
          {t("parentsLead")} {offline ? null : <Link href="/find">{t("findNear")}</Link>}
        </Text>
        <Lines lines={lines([...help.parents, ...help.elsewhere.filter(({ kind }) => kind !== "crisis" && !help.parents.some((line) => line.url?.includes("postpartum.net")))])} label={t("parentsHeading")} />
        {offline ? null : (
          <LinkButton href="/message" icon="message" big>
            {t("messageVolunteer")}
          </LinkButton>
        )}
        <OtherNumbers help={help} language={visit.language} />
        <Row>
          {chosen ? <Soft>{t("chosen")}</Soft> : offline ? null : <Choose code={code} label={t("chooseThis")} back={visit.path} />}
          <LinkButton href="/help" tone="quiet">
            {t("otherCountry")}
          </LinkButton>
        </Row>
        {offline ? null : <Sources help={help} language={visit.language} />}
      </Stack>
    </Page>
  );
}

const Choose = ({ code, label, back }: { code: string; label: string; back: string }) => (
  <ActForm action="/country" fields={{ country: code, back }}>
    <Button tone="plain">{label}</Button>
  </ActForm>
);

function Offline({ language }: Pick<Visit, "language">) {
  const t = say(language);
  return (
    <Notice>
      <Text>
        <Strong>{t("offlineTitle")}</Strong>
      </Text>
      <Text>{t("offlineBody")}</Text>
      <LinkButton href="" tone="plain">
        {t("offlineAgain")}
      </LinkButton>
    </Notice>
  );
}

function OtherNumbers({ help: { emergency }, language }: { help: Help } & Pick<Visit, "language">) {
  const t = say(language);
  const rows = ([["police", emergency.police], ["fire", emergency.fire]] as const).filter(([, numbers]) => numbers.length > 0);
  if (rows.length === 0) return null;
  return (
    <>
      <Heading>{t("otherNumbers")}</Heading>
      <Facts rows={rows.map(([who, numbers]) => [t(who), <Num key={who}>{numbers.join(` ${t("or")} `)}</Num>])} />
    </>
  );
}

function Sources({ help, language }: { help: Help } & Pick<Visit, "language">) {
  const t = say(language);
  return (
    <Details summary={t("sourcesHeading")}>
      <Soft>{t("sourceEmergency", { source: emergencyNumbers.source })}</Soft>
      {[...help.crisis, ...help.parents].map(({ name, source, seenOn }) => (
        <Soft key={name}>{t("sourceSeen", { name, source, date: seenOn })}</Soft>
      ))}
    </Details>
  );
}
