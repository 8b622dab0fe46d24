import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { Button, Lead, LinkButton, Title } from "../../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../../platform/ui/board.tsx";
import { ErrorSummary, Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { countriesToChoose } from "../../../areas/rules.ts";
import type { Area } from "../../../areas/types.ts";
import { say } from "../../words.ts";

type AddDirectoryProps = { readonly staffed: Staffed; readonly areas: readonly Area[]; readonly country: string; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** Which directory is to be read each night. */
export function AddDirectory({ staffed, areas, country, problems = {}, typed }: AddDirectoryProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const sentence = (field: string): string | undefined => (problems[field] === undefined ? undefined : t(problems[field] as "urlWrong"));
  return (
    <StaffPage staffed={staffed} title={t("apiAddTitle")} current="listings">
      <Measure>
        <ErrorSummary language={language} problems={Object.keys(problems).map((field) => [field, sentence(field) ?? ""] as const)} />
        <Title>{t("apiAddTitle")}</Title>
        <Lead>{t("apiLead")}</Lead>
        <Form action="/tend/imports/directory">
          <Field name="name" label={t("apiName")} hint={t("sourceNameHint")} typed={typed} maxLength={120} problem={sentence("name")} />
          <Field name="url" label={t("apiUrl")} hint={t("apiUrlHint")} typed={typed} type="url" maxLength={500} problem={sentence("url")} />
          <Select name="country" label={t("country")} hint={t("countryHint")} choices={countriesToChoose(areas, language)} typed={typed} value={country} problem={sentence("country")} />
          <Button>{t("apiBegin")}</Button>
        </Form>
        <LinkButton href="/tend/imports" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Measure>
    </StaffPage>
  );
}
