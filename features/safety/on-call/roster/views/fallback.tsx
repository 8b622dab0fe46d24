import type { Problems, Typed } from "../../../../../platform/http/form.ts";
import { Button, LinkButton, Soft, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { Area, ErrorSummary, Form } from "../../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { say, type OnCallKey } from "../../words.ts";
import type { RosterSheet } from "../queries.ts";

type FallbackProps = { readonly staffed: Staffed; readonly fallback: RosterSheet["fallback"]; readonly problems?: Problems | undefined; readonly typed?: Typed | undefined };

/** What is said where nobody is reached, in both languages, for a coordinator to write. */
export function FallbackScreen({ staffed, fallback, problems = {}, typed }: FallbackProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as OnCallKey) : undefined);
  return (
    <StaffPage staffed={staffed} title={t("fallbackTitle")} current="onCall">
      <FormColumn>
        <Title>{t("fallbackTitle")}</Title>
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as OnCallKey)] as const)} />
        <Text>{t("fallbackIntro")}</Text>
        <Soft>{t("fallbackHint")}</Soft>
        <Form action="/safety/on-call/fallback">
          <Area name="en" label={t("fallbackEn")} problem={problem("en")} typed={typed} value={fallback?.en ?? say("en")("fallbackStandard")} rows={6} />
          <Area name="es" label={t("fallbackEs")} problem={problem("es")} typed={typed} value={fallback?.es ?? say("es")("fallbackStandard")} rows={6} />
          <Button>{t("fallbackSave")}</Button>
        </Form>
        <LinkButton href="/safety/on-call" tone="quiet" icon="back">
          {t("toRoster")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}
