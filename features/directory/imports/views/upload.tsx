import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { Button, Lead, LinkButton, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { ErrorSummary, Field, FileField, Form, Select } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { countriesToChoose } from "../../areas/rules.ts";
import type { Area } from "../../areas/types.ts";
import { sizeInWords } from "../in-words/rules.ts";
import type { Source } from "../types.ts";
import { say } from "../words.ts";

type UploadProps = {
  readonly staffed: Staffed;
  readonly sources: readonly Source[];
  readonly areas: readonly Area[];
  readonly country: string;
  readonly most: number;
  readonly problems?: Problems | undefined;
  readonly detail?: string | undefined;
  readonly typed?: Typed | undefined;
};

/** Whose list it is, and the file. Nothing is read in yet. */
export function Upload({ staffed, sources, areas, country, most, problems = {}, detail = "", typed }: UploadProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const size = sizeInWords(most, language);
  const sentence = (field: string): string | undefined => {
    const key = problems[field];
    return key === undefined ? undefined : `${t(key as "fileMissing", { size })}${detail && key.startsWith("whole_") ? `: ${detail}` : ""}`;
  };
  return (
    <StaffPage staffed={staffed} title={t("uploadTitle")} current="listings">
      <Measure>
        <ErrorSummary language={language} problems={Object.keys(problems).map((field) => [field, sentence(field) ?? ""] as const)} />
        <Title>{t("uploadTitle")}</Title>
        <Lead>{t("uploadLead")}</Lead>
        <Form action="/tend/imports" files>
          {sources.length > 0 ? <Select name="known" label={t("sourceKnown")} choices={[["", t("sourceNew")], ...sources.map(({ id, name }) => [id, name] as const)]} typed={typed} problem={sentence("known")} /> : null}
          <Field name="name" label={t(sources.length > 0 ? "sourceNameNew" : "sourceName")} hint={t("sourceNameHint")} typed={typed} maxLength={120} problem={sentence("name")} />
          <Select name="country" label={t("country")} hint={t("countryHint")} choices={countriesToChoose(areas, language)} typed={typed} value={country} problem={sentence("country")} />
          <FileField name="file" label={t("file")} hint={t("fileHint", { size })} accept=".csv,.zip,.txt,.tsv" problem={sentence("file")} />
          <Button>{t("look")}</Button>
        </Form>
        <LinkButton href="/tend/imports" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Measure>
    </StaffPage>
  );
}
