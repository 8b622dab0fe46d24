import { Heading, PlainList, Soft, Strong, Text } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { dutyByLanguage } from "../rules.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** Who answers in which language now; a language without anybody is marked. */
export function DutyPart({ board, lens: { language } }: PartProps) {
  const t = say(language);
  return (
    <BoardPart id="board-duty" label={t("dutyTitle")}>
      <Heading>{t("dutyTitle")}</Heading>
      <PlainList>
        {dutyByLanguage(board.duty, board.languages).map(({ language: spoken, names, places, held }) => {
          const name = t(`lang_${spoken}`);
          return (
            <Line key={spoken} mark={names.length === 0}>
              {names.length === 0 ? (
                <Text>{t("dutyNobody", { language: name })}</Text>
              ) : (
                <>
                  <Strong>{name.charAt(0).toUpperCase() + name.slice(1)}</Strong>
                  <Text>{names.join(", ")}</Text>
                  <Soft>{t("dutyIn", { held, places })}</Soft>
                </>
              )}
            </Line>
          );
        })}
      </PlainList>
    </BoardPart>
  );
}
