import type { Language } from "../../../../../platform/i18n/words.ts";
import { Button, Card, Columns, Heading, Notice, Row, Soft, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { FactLines } from "../../../../../platform/ui/listing-page.tsx";
import type { Field, ServiceId } from "../../../types.ts";
import { say } from "../../words.ts";
import { bothSides } from "../in-words/rules.ts";
import type { Conflict } from "../types.ts";

type Props = { readonly id: ServiceId; readonly conflicts: readonly Conflict[]; /** What the listing shows now. */ readonly known: Readonly<Record<Field, readonly string[]>>; readonly language: Language };

/** Where a source says something else than one of us, or the owner, has said: both side by side, and one tap for either. */
export function Conflicts({ id, conflicts, known, language }: Props) {
  const t = say(language);
  return (
    <Stack gap={16}>
      <Heading>{t("conflictTitle")}</Heading>
      <Text>{t("conflictLead")}</Text>
      {conflicts.map((conflict) => (
        <OneConflict key={conflict.field} {...{ id, conflict, language }} shown={known[conflict.field]} />
      ))}
    </Stack>
  );
}

/** Somebody was quicker. */
export const ConflictGone = ({ language }: { readonly language: Language }) => (
  <Notice tone="attention">
    <Text>{say(language)("conflictGone")}</Text>
  </Notice>
);

function OneConflict({ id, conflict, shown, language }: { id: ServiceId; conflict: Conflict; shown: readonly string[]; language: Language }) {
  const t = say(language);
  const { ours, theirs } = bothSides(conflict, shown, language);
  const side = (name: string, lines: readonly string[]) => (
    <Card label={`${t(`field_${conflict.field}`)}: ${name}`}>
      <Soft>{name}</Soft>
      {lines.length > 0 ? <FactLines lines={lines} /> : <Text>{t("conflictNothing")}</Text>}
    </Card>
  );
  return (
    <Stack gap={8}>
      <Strong>{t(`field_${conflict.field}`)}</Strong>
      <Columns even>
        {side(t("conflictOurs"), ours)}
        {side(conflict.source, theirs)}
      </Columns>
      <ActForm action={`/tend/${id}/conflicts`} fields={{ field: conflict.field }}>
        <Row>
          <Button tone="plain" name="keep" value="ours">
            {t("conflictKeep")}
          </Button>
          <Button tone="plain" name="keep" value="theirs">
            {t("conflictTake")}
          </Button>
        </Row>
      </ActForm>
    </Stack>
  );
}
