import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import type { Visit } from "../../../../../platform/http/visit.ts";
import type { Assets } from "../../../../../platform/ui/assets.ts";
import { Button, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Area, Choices, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { BackLink } from "../../../../../platform/ui/listing-page.tsx";
import { Page } from "../../../../../platform/ui/page.tsx";
import { reportKinds } from "../../../reports/types.ts";
import { say } from "../words.ts";

type ReportPageProps = { visit: Visit; assets: Assets; id: string; name: string; problems?: Problems; typed?: Typed };

/** What happened, in four plain reasons; a note only if she likes. */
export function ReportPage({ visit, assets, id, name, problems = {}, typed }: ReportPageProps) {
  const t = say(visit.language);
  const problem = (field: string) => (problems[field] ? t(problems[field] === "noteLong" ? "noteLong" : "kindMissing") : undefined);
  const wrong = (["kind", "note"] as const).flatMap((field) => (problem(field) ? [[field, problem(field) ?? ""] as const] : []));
  return (
    <Page visit={visit} assets={assets} title={t("title", { name })}>
      <Stack gap={24}>
        <BackLink href={`/listings/${id}`}>{t("toListing", { name })}</BackLink>
        <ErrorSummary language={visit.language} problems={wrong} />
        <Title small>{t("title", { name })}</Title>
        <Text>{t("lead")}</Text>
        <Form action={`/listings/${id}/report`}>
          <Choices name="kind" label={t("kind")} problem={problem("kind")} typed={typed} choices={reportKinds.map((kind) => [kind, t(kind), t(`${kind}Hint`)] as const)} />
          <Area name="note" label={t("note")} hint={t("noteHint")} problem={problem("note")} typed={typed} rows={3} />
          <Button icon="flag" big>
            {t("send")}
          </Button>
        </Form>
      </Stack>
    </Page>
  );
}
