import { Bullets, Details, Heading } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Figure, Figures } from "../../../../platform/ui/board.tsx";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

const definitions = ["define_today", "define_conversations", "define_answered", "define_median", "define_longest"] as const;

/** Today's numbers, each with how it is counted. */
export function NumbersPart({ board: { numbers }, lens: { language } }: PartProps) {
  const t = say(language);
  const { conversations, answered, medianWaitSeconds } = numbers;
  const whole = Math.round(medianWaitSeconds ?? 0);
  const share = conversations === 0 ? undefined : new Intl.NumberFormat(language, { style: "percent" }).format(answered / conversations);
  return (
    <BoardPart id="board-numbers" label={t("numbersTitle")}>
      <Heading>{t("numbersTitle")}</Heading>
      <Figures few>
        <Figure label={t("conversationsToday")} value={String(conversations)} />
        <Figure label={t("answered")} value={String(answered)} more={share ? t("answeredOf", { percent: share }) : undefined} />
        <Figure label={t("medianWait")} value={medianWaitSeconds === undefined ? t("none") : t("minutesSeconds", { minutes: Math.floor(whole / 60), seconds: whole % 60 })} wide />
      </Figures>
      <Details summary={t("numbersHow")}>
        <Bullets>
          {definitions.map((definition) => (
            <li key={definition}>{t(definition)}</li>
          ))}
        </Bullets>
      </Details>
    </BoardPart>
  );
}
