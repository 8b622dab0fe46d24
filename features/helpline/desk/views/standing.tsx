import type { Language } from "../../../../platform/i18n/words.ts";
import { Soft, Strong, Text } from "../../../../platform/ui/basics.tsx";
import { StandingField } from "../../../../platform/ui/talk.tsx";
import type { Standing } from "../../types.ts";
import { say } from "../words.ts";

/** Who is with the parent, and whether the last words reached her screen. */
export function DeskStanding({ standing, language }: { standing: Standing; language: Language }) {
  const t = say(language);
  if (standing.erasedAt) return <StandingField>{t("erased")}</StandingField>;
  if (standing.endedAt) return <StandingField>{t("ended")}</StandingField>;
  const names = new Intl.ListFormat(language).format(standing.with);
  return (
    <StandingField>
      <Text>
        <Strong>{standing.with.length > 0 ? t(standing.waitingSince ? "standingBeside" : "standingWith", { names }) : t("standingNobody")}</Strong>
      </Text>
      <Soft>{t(standing.parentReadSeq >= standing.lastSeq ? "standingWritten" : "standingUnseen")}</Soft>
    </StandingField>
  );
}
