import type { Visit } from "../../../../platform/http/visit.ts";
import { clockTime, dayInWords } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Heading, Lead, Link, Notice, Num, Soft, Stack, Table, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Figure, Figures } from "../../../../platform/ui/board.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Trend } from "../../../../platform/ui/trend.tsx";
import { areaNames } from "../../areas/rules.ts";
import { percentOf } from "../rules.ts";
import type { Count, Ledger as LedgerRows } from "../types.ts";
import { say } from "../words.ts";

type Props = { readonly visit: Visit; readonly assets: Assets; readonly ledger: LedgerRows | undefined; readonly zone: string; readonly late: boolean };

/** The public ledger: how true the directory is, with its day, the bad beside the good. */
export function Ledger({ visit, assets, ledger, zone, late }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("title")} under="help">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        <Lead>{t("lead")}</Lead>
        {ledger ? (
          <>
            <Soft>{t("counted", { day: dayInWords(ledger.countedAt, zone, language), time: clockTime(ledger.countedAt, zone, language) })}</Soft>
            {late ? (
              <Notice tone="attention">
                <Text>{t("late")}</Text>
              </Notice>
            ) : null}
            <Numbers {...{ language }} count={ledger.network} />
            <TrendOfDays {...{ language, ledger }} />
            {ledger.areas.length > 0 ? <Areas {...{ language, ledger }} /> : null}
          </>
        ) : (
          <Notice>
            <Text>{t("notYet")}</Text>
          </Notice>
        )}
        <Meanings language={language} />
        <Text>
          <Link href="/freshness.json">{t("json")}</Link>
        </Text>
        <Text>
          <Link href="/hsds/docs">{t("openData")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

type Said = { readonly language: Visit["language"] };

const percentText = ({ language }: Said, part: number, whole: number): string => {
  const percent = percentOf(part, whole);
  return percent === undefined ? say(language)("none") : say(language)("percent", { percent });
};

function Numbers({ language, count }: Said & { readonly count: Count }) {
  const t = say(language);
  const number = (value: number) => value.toLocaleString(language);
  return (
    <Figures>
      <Figure label={t("shown")} value={number(count.shown)} />
      <Figure label={t("verified90")} value={percentText({ language }, count.verified90, count.shown)} lit />
      <Figure label={t("verified30")} value={percentText({ language }, count.verified30, count.shown)} />
      <Figure label={t("median")} value={count.medianAgeDays === undefined ? t("none") : t("days", { days: Math.ceil(count.medianAgeDays) })} />
      <Figure label={t("inDoubt")} value={number(count.inDoubt)} />
      <Figure label={t("openReports")} value={number(count.openReports)} />
      <Figure label={t("never")} value={number(count.neverConfirmed)} />
      <Figure label={t("hidden")} value={number(count.hiddenExpired)} />
    </Figures>
  );
}

function TrendOfDays({ language, ledger: { trend } }: Said & { readonly ledger: LedgerRows }) {
  const t = say(language);
  const known = trend.filter(({ percent90 }) => percent90 !== undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return null;
  const day = (one: Temporal.PlainDate) => one.toLocaleString(language === "es" ? "es-419" : "en-US", { month: "long", day: "numeric" });
  const words = t("trendText", { from: first.percent90 ?? 0, first: day(first.day), to: last.percent90 ?? 0, last: day(last.day) });
  return (
    <Stack gap={8}>
      <Heading>{t("trendTitle")}</Heading>
      <Trend points={trend.map(({ percent90 }) => percent90)} label={words} />
      <Soft>{words}</Soft>
    </Stack>
  );
}

function Areas({ language, ledger: { areas, parts } }: Said & { readonly ledger: LedgerRows }) {
  const t = say(language);
  const named = areaNames(parts, language);
  const order = new Intl.Collator(language);
  const rows = areas.map((row) => ({ ...row, name: named(row.area) })).sort((a, b) => order.compare(a.name, b.name));
  return (
    <Stack gap={8}>
      <Heading>{t("areasTitle")}</Heading>
      <Table caption={t("areasTitle")} head={[t("area"), t("shown"), t("verified90"), t("verified30"), t("median"), t("inDoubt"), t("openReports"), t("never"), t("hidden")]}>
        {rows.map((row) => (
          <tr key={row.area}>
            <th scope="row">{row.name}</th>
            {[
              row.shown.toLocaleString(language),
              percentText({ language }, row.verified90, row.shown),
              percentText({ language }, row.verified30, row.shown),
              row.medianAgeDays === undefined ? t("none") : t("days", { days: Math.ceil(row.medianAgeDays) }),
              ...[row.inDoubt, row.openReports, row.neverConfirmed, row.hiddenExpired].map((value) => value.toLocaleString(language)),
            ].map((value, at) => (
              <td key={at}>
                <Num>{value}</Num>
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </Stack>
  );
}

function Meanings({ language }: Said) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Heading>{t("meansTitle")}</Heading>
      <Bullets>
        {(["meansConfirmed", "meansDoubt", "meansHidden", "meansNever"] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </Bullets>
    </Stack>
  );
}
