import { Card, Facts, Heading, Preline, Stack } from "../../../../platform/ui/basics.tsx";
import type { Language } from "../../../../platform/i18n/words.ts";
import { worksheetAreas } from "../../types.ts";
import type { Concern } from "../queries.ts";
import { say } from "../words.ts";

type Props = { readonly concern: Concern; readonly language: Language };

/** A sheet that nobody writes on any more. */
export const SheetRead = ({ concern, language }: Props) => (
  <Card>
    <Heading>{say(language)("sheetTitle")}</Heading>
    <Answers {...{ concern, language }} />
  </Card>
);

export function Answers({ concern: { worksheet, step }, language }: Props) {
  const t = say(language);
  const areas = worksheet ? worksheetAreas.map((area) => [t(area), t(worksheet.answers[area] ?? "notAnswered")] as const) : [];
  return (
    <Stack>
      <Facts rows={step ? [...areas, [t("stepLabel"), t(step)]] : areas} />
      {worksheet?.words ? <Preline>{worksheet.words}</Preline> : null}
    </Stack>
  );
}
