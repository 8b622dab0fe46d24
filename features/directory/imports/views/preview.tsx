import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Details, Heading, Lead, LinkButton, Notice, Num, Row, Soft, Stack, Table, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Form, Select, type Choice } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { flatColumns, neededColumns, type FlatColumn } from "../flat/rules.ts";
import { fieldOf } from "../forms.ts";
import { columnHint, columnName, sizeInWords, wholeInWords } from "../in-words/rules.ts";
import type { ReadingSeen } from "../queries.ts";
import { WholeRefused, type Looked } from "../types.ts";
import { say } from "../words.ts";

type PreviewProps = { readonly staffed: Staffed; readonly reading: ReadingSeen; readonly looked: Looked | WholeRefused; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** What is in a file that waits: tables of the standard, or columns that are to be ours. One press brings it in. */
export function Preview({ staffed, reading, looked, problems = {}, typed }: PreviewProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("previewTitle")} current="listings">
      <Measure>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "columnMissing")] as const)} />
        <Title>{t("previewTitle")}</Title>
        <Lead>{t("previewLead", { source: reading.source.name, file: reading.fileName ?? "" })}</Lead>
        {looked instanceof WholeRefused ? (
          <Notice tone="attention">
            <Text>{wholeInWords(looked.reason, looked.detail, language)}</Text>
          </Notice>
        ) : (
          <Form action={`/tend/imports/${reading.id}/begin`}>
            {looked.kind === "tables" ? <Tables tables={looked.tables} language={language} /> : <Sheet sheet={looked} language={language} problems={problems} typed={typed} />}
            <Button big>{t("begin")}</Button>
            <Soft>{t("beginHint")}</Soft>
          </Form>
        )}
        <Row>
          <ActForm action={`/tend/imports/${reading.id}/drop`}>
            <Button tone="quiet">{t("drop")}</Button>
          </ActForm>
          <LinkButton href="/tend/imports" tone="quiet" icon="back">
            {t("back")}
          </LinkButton>
        </Row>
      </Measure>
    </StaffPage>
  );
}

type Tabular = Extract<Looked, { kind: "tables" }>;
type OneSheet = Extract<Looked, { kind: "sheet" }>;

function Tables({ tables, language }: { tables: Tabular["tables"]; language: Language }) {
  const t = say(language);
  return (
    <Table caption={t("tablesFound")} head={[t("file"), t("size"), t("understoodAs")]}>
      {tables.map(({ name, shape, bytes, unknown }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            <Num>{sizeInWords(bytes, language)}</Num>
          </td>
          <td>{shape === undefined ? t("leftAside") : unknown.length === 0 ? t("understood") : t("understoodBut", { columns: unknown.join(", ") })}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Asked first; the others are there for who has more. */
const first: readonly FlatColumn[] = ["name", "organization", "description", "phone", "address_1", "city", "region", "postal_code", "hours", "languages", "website", "email"];

function Sheet({ sheet, language, problems, typed }: { sheet: OneSheet; language: Language; problems: Problems; typed: Typed | undefined }) {
  const t = say(language);
  if (sheet.template) return <Text>{t("isTemplate", { columns: Object.keys(sheet.mapping).length })}</Text>;
  const columns = (
    <>
      <Heading>{t("mapTitle")}</Heading>
      <Text>{t("mapLead")}</Text>
      <Columns which={first} {...{ sheet, language, problems, typed }} />
      <Details summary={t("mapMore")} open={flatColumns.some((column) => !first.includes(column) && sheet.mapping[column] !== undefined)}>
        <Columns which={flatColumns.filter((column) => !first.includes(column))} {...{ sheet, language, problems, typed }} />
      </Details>
    </>
  );
  if (!sheet.known || Object.keys(problems).length > 0) return columns;
  return (
    <>
      <Text>{t("mapKnown")}</Text>
      <Details summary={t("mapChange")}>
        <Stack>{columns}</Stack>
      </Details>
    </>
  );
}

function Columns({ which, sheet, language, problems, typed }: { which: readonly FlatColumn[]; sheet: OneSheet; language: Language; problems: Problems; typed: Typed | undefined }) {
  const t = say(language);
  const choices: readonly Choice[] = sheet.columns.map(({ heading, samples }) => [heading, samples.length > 0 ? `${heading} · ${samples.join(" / ")}` : heading]);
  return (
    <Stack>
      {which.map((column) => {
        const problem = problems[fieldOf(column)];
        return <Select key={column} name={fieldOf(column)} label={neededColumns.includes(column) ? t("needed", { column: columnName(column, language) }) : columnName(column, language)} hint={columnHint(column, language)} choices={[["", t("noColumn")], ...choices]} value={sheet.mapping[column]} typed={typed} problem={problem && t(problem as "columnMissing")} />;
      })}
    </Stack>
  );
}
