import type { Language } from "../../../../../platform/i18n/words.ts";
import { dayInWords } from "../../../../../platform/time/time.ts";
import { Button, Heading, Notice, Num, Soft, Stack, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import { openAgain } from "../../../renewal/asking/rules.ts";
import type { OwnerNow } from "../../../renewal/asking/types.ts";
import type { ServiceId } from "../../../types.ts";
import { say } from "../../words.ts";

const results = ["asked", "stopped", "waits", "cannotSend", "noAddress", "silent", "lately"] as const;

type Props = { readonly id: ServiceId; readonly owner: OwnerNow | undefined; /** What came of the act that led here. */ readonly letter: string | undefined; readonly language: Language; readonly zone: string };

/** Writing instead of calling: when they were last asked, and one tap that asks them, if it may be now. */
export function LetterPart({ id, owner, letter, language, zone }: Props) {
  const t = say(language);
  const result = results.find((one) => one === letter);
  const day = (at: Temporal.Instant | undefined) => (at ? dayInWords(at, zone, language) : "");
  const standing = owner?.standing ?? "noAddress";
  return (
    <Stack gap={8}>
      <Heading>{t("letterTitle")}</Heading>
      {result ? (
        <Notice tone={result === "asked" ? "done" : "attention"}>
          <Text>{t(`letter_${result}`)}</Text>
        </Notice>
      ) : null}
      {owner?.askedAt ? <Num>{t(owner.unanswered > 0 ? "letterUnanswered" : "letterLast", { day: day(owner.askedAt), count: owner.unanswered })}</Num> : <Text>{t("letterNever")}</Text>}
      {standing === "open" ? (
        <ActForm action={`/tend/${id}/letter`}>
          <Button tone="plain" icon="mail">
            {t(owner?.to?.way === "text" ? "letterDoText" : "letterDo")}
          </Button>
        </ActForm>
      ) : result === standing ? null : (
        <Soft>{t(`letterWhy_${standing}`, { day: standing === "lately" && owner?.lastAt ? day(openAgain(owner.lastAt)) : "" })}</Soft>
      )}
    </Stack>
  );
}
