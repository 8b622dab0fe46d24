import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { Heading, Lead, Link, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { wholeInWords } from "../in-words/rules.ts";
import type { ApiSource } from "../pulling/queries.ts";
import { Directories } from "../pulling/views/directories.tsx";
import type { ReadingSeen } from "../queries.ts";
import { totalsOf } from "../rules.ts";
import { say } from "../words.ts";

type ReadingsProps = { readonly staffed: Staffed; readonly readings: readonly ReadingSeen[]; readonly sources: readonly ApiSource[]; /** A directory was just taken away. */ readonly away: boolean };

/** What was brought in, the last first, and the way to bring in more. */
export function Readings({ staffed, readings, sources, away }: ReadingsProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("title")} current="listings">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        {away ? (
          <Notice tone="done">
            <Text>{t("awayDone")}</Text>
          </Notice>
        ) : null}
        <Lead>{t("lead")}</Lead>
        <LinkButton href="/tend/imports/new" big>
          {t("bringFile")}
        </LinkButton>
        <Stack gap={8}>
          <Text>{t("templateLead")}</Text>
          <Row>
            <Link href="/tend/imports/template/listings-en.csv">{t("templateEn")}</Link>
            <Link href="/tend/imports/template/lugares-es.csv">{t("templateEs")}</Link>
          </Row>
        </Stack>
        <Heading>{t("readings")}</Heading>
        {readings.length === 0 ? <Text>{t("readingsEmpty")}</Text> : null}
        <PlainList label={t("readings")}>
          {readings.map((reading) => (
            <OneReading key={reading.id} reading={reading} language={language} zone={staffed.member.zone} />
          ))}
        </PlainList>
        <Directories sources={sources} language={language} zone={staffed.member.zone} />
        <LinkButton href="/tend" tone="quiet" icon="back">
          {t("backToDesk")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function OneReading({ reading, language, zone }: { reading: ReadingSeen; language: Language; zone: string }) {
  const t = say(language);
  const name = reading.fileName ? `${reading.source.name} · ${reading.fileName}` : reading.source.name;
  const day = dayAndTime(reading.startedAt, zone, language);
  return (
    <Line
      mark={reading.standing === "waits"}
      acts={
        <LinkButton href={`/tend/imports/${reading.id}`} tone="plain">
          <span aria-hidden="true">{t("open")}</span>
          <Unseen>{t("openNamed", { name, day })}</Unseen>
        </LinkButton>
      }
    >
      <Strong>{name}</Strong>
      <Soft>
        <Num>{[day, reading.by].filter(Boolean).join(" · ")}</Num>
      </Soft>
      <Text>
        <Num>{standingInWords(reading, language)}</Num>
      </Text>
    </Line>
  );
}

function standingInWords({ standing, counts, refused }: ReadingSeen, language: Language): string {
  const t = say(language);
  if (standing === "refused") return wholeInWords(refused ?? "fault", "", language);
  if (standing !== "done") return t(`standing_${standing}`);
  const { taken, merged, refused: away } = totalsOf(counts);
  return t("standing_done", { taken: taken.toLocaleString(language), merged: merged.toLocaleString(language), refused: away.toLocaleString(language) });
}
