import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Details, Facts, Heading, Lead, Link, Num, PlainList, Soft, Stack, Strong, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import { listNames, type ListName } from "../../rules.ts";
import { parametersOf } from "../rules.ts";
import { say } from "../words.ts";

type Fact = "kind" | "time_zone" | "dial" | "wait_days";

/** What other programs may read here, and how: for a person who reads it. */
export function Docs({ visit, assets, facts, factList }: { visit: Visit; assets: Assets; facts: readonly Fact[]; factList: string }) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("title")}>
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        <Lead>{t("lead")}</Lead>
        <Heading>{t("sureTitle")}</Heading>
        <Text>{t("sure")}</Text>
        <Text>{t("sureKeep")}</Text>
        <Heading>{t("wholeTitle")}</Heading>
        <Text>
          {t("whole")} <Link href="/hsds/export.zip">/hsds/export.zip</Link>
        </Text>
        <Text>{t("wholeLines")}</Text>
        <Heading>{t("listsTitle")}</Heading>
        <Text>{t("listsSoft")}</Text>
        {listNames.map((list) => (
          <List key={list} list={list} language={language} />
        ))}
        <Heading>{t("searchTitle")}</Heading>
        <Text>{t("search")}</Text>
        <Heading>{t("stepTitle")}</Heading>
        <Text>{t("step")}</Text>
        <Heading>{t("factsTitle")}</Heading>
        <Text>{t("factsSoft", { list: factList })}</Text>
        <Facts rows={facts.map((fact) => [fact, t(`fact_${fact}`)])} />
        <Heading id="problems">{t("problemsTitle")}</Heading>
        <Text>{t("problems")}</Text>
        <Heading>{t("forPrograms")}</Heading>
        <PlainList label={t("forPrograms")}>
          <li>
            <Link href="/hsds/openapi.json">{t("openapi")}</Link>
          </li>
          <li>
            <Link href="https://docs.openreferral.org/" external>
              {t("standard")}
            </Link>
          </li>
        </PlainList>
      </Stack>
    </Page>
  );
}

function List({ list, language }: { list: ListName; language: Visit["language"] }) {
  const t = say(language);
  return (
    <Stack gap={8}>
      <Text>
        <Strong>{t(list)}</Strong>
      </Text>
      <Soft>
        <Num>
          GET, POST <Link href={`/hsds/${list}`}>/hsds/{list}</Link> · GET /hsds/{list}/id
        </Num>
      </Soft>
      <Details summary={t("takes")}>
        <Facts rows={parametersOf(list, t).map(({ name, description }) => [name, description])} />
      </Details>
    </Stack>
  );
}
