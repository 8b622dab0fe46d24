import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import type { Values } from "../../../../../platform/i18n/words.ts";
import { Button, Heading, Lead, Link, LinkButton, Notice, Num, PlainList, Soft, Stack, Text, Title, Unseen } from "../../../../../platform/ui/basics.tsx";
import { Line } from "../../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { areaName, areaPath, areasByName, dividable } from "../../../areas/rules.ts";
import type { Area, AreaCount, Part } from "../../../areas/types.ts";
import type { AreaId } from "../../../types.ts";
import { say } from "../../words.ts";

type PartsProps = {
  readonly staffed: Staffed;
  readonly parts: readonly Part[];
  readonly areas: readonly Area[];
  readonly counts: ReadonlyMap<AreaId, AreaCount>;
  /** The places whose queue is hers. */
  readonly own: readonly AreaId[];
  readonly said: "named" | "ended" | undefined;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
  readonly of?: Values;
};

/** The parts into which regions are divided, and the form for another. */
export function Parts({ staffed, parts, areas, counts, own, said, problems, typed, of }: PartsProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const sentences = new Map(Object.entries(problems ?? {}).map(([field, key]) => [field, t(key as "partOverlaps", of)]));
  const regions = areasByName(dividable(areas), language).map(({ id, name }) => [id, name] as const);
  return (
    <StaffPage staffed={staffed} title={t("partsTitle")} current="listings">
      <Stack gap={24}>
        <ErrorSummary language={language} problems={[...sentences]} />
        <Title>{t("partsTitle")}</Title>
        {said ? (
          <Notice tone="done">
            <Text>{t(said === "named" ? "partNamed" : "partEnded")}</Text>
          </Notice>
        ) : null}
        <Lead>{t("partsLead")}</Lead>
        {parts.length === 0 ? <Text>{t("partsEmpty")}</Text> : <Soft>{t("partEndHint")}</Soft>}
        <PlainList label={t("partsTitle")}>
          {parts.map((part) => (
            <PartLine key={part.id} {...{ part, language }} count={counts.get(part.id)} />
          ))}
        </PlainList>
        <Heading>{t("partNew")}</Heading>
        <FormColumn>
          <Form action="/tend/areas/parts">
            <Select name="region" label={t("partRegion")} choices={[["", "–"], ...regions]} typed={typed} value={own.find((id) => regions.some(([region]) => region === id)) ?? ""} problem={sentences.get("region")} />
            <Field name="nameEn" label={t("partNameEn")} typed={typed} problem={sentences.get("nameEn")} maxLength={60} />
            <Field name="nameEs" label={t("partNameEs")} typed={typed} problem={sentences.get("nameEs")} maxLength={60} />
            <Field name="prefixes" label={t("partPrefixes")} hint={t("partPrefixesHint")} typed={typed} problem={sentences.get("prefixes")} maxLength={600} />
            <Button tone="plain">{t("partNew")}</Button>
          </Form>
        </FormColumn>
        <LinkButton href="/tend/areas" tone="quiet" icon="back">
          {t("places")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function PartLine({ part, count, language }: { part: Part; count: AreaCount | undefined; language: Staffed["visit"]["language"] }) {
  const t = say(language);
  const name = areaName(part.id, language, part.called);
  return (
    <Line
      acts={
        <ActForm action="/tend/areas/parts/end" fields={{ area: part.id }}>
          <Button tone="quiet">
            <span aria-hidden="true">{t("partEnd")}</span>
            <Unseen>{t("partEndNamed", { name })}</Unseen>
          </Button>
        </ActForm>
      }
    >
      <Link href={`/near/${areaPath(part.id)}`}>{name}</Link>
      <Soft>
        <Num>{[areaName(part.parent, language), part.prefixes.join(", ")].join(" · ")}</Num>
      </Soft>
      <Soft>
        <Num>{[t("entries", { count: count?.shown ?? 0 }), t("partSeats", { count: count?.seats ?? 0 })].join(" · ")}</Num>
      </Soft>
    </Line>
  );
}
