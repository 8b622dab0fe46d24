import { Lead, LinkButton, Notice, Stack, Text, Title } from "../../../../../platform/ui/basics.tsx";
import { ErrorSummary } from "../../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { ChangeParts } from "../../../renewal/views/changes.tsx";
import type { ChangeProps } from "../../../renewal/views/fields.tsx";
import { asKey, say as ownersWords } from "../../../renewal/words.ts";
import { say } from "../../words.ts";

/** Everything of a listing that may be other than we show; the questions are those that she asks on the phone. */
export function Mend({ staffed, saved, ...change }: ChangeProps & { readonly staffed: Staffed; readonly saved: boolean }) {
  const { language } = staffed.visit;
  const [t, mends] = [say(language), ownersWords(language)];
  const { service } = change.own;
  return (
    <StaffPage staffed={staffed} title={t("mendTitle", { name: service.name })} current="listings">
      <FormColumn>
        <ErrorSummary language={language} problems={Object.entries(change.problems ?? {}).map(([field, key]) => [field, mends(asKey(key))] as const)} />
        <Title small>{t("mendTitle", { name: service.name })}</Title>
        {saved ? (
          <Notice tone="done">
            <Text>{t("mendSaved")}</Text>
          </Notice>
        ) : (
          <Lead>{t("mendLead")}</Lead>
        )}
        <Stack gap={16}>
          <ChangeParts at={`/tend/${service.id}/mend`} {...change} />
        </Stack>
        <LinkButton href={`/tend/${service.id}`} tone="quiet" icon="back">
          {t("mendBack")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}
