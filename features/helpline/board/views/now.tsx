import { Num, Soft } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Figure, Figures } from "../../../../platform/ui/board.tsx";
import { clockTime, minutesBetween } from "../../../../platform/time/time.ts";
import type { Board, BoardLens } from "../types.ts";
import { say } from "../words.ts";

export type PartProps = { readonly board: Board; readonly lens: BoardLens };

/** Waiting, the longest wait, who is on duty, what was promised. */
export function NowPart({ board, lens: { language, zone } }: PartProps) {
  const t = say(language);
  const { asOf, waiting, danger, longestSince, duty, promises, late } = board;
  return (
    <BoardPart id="board-now" label={t("nowLabel")}>
      <Figures>
        <Figure label={t("waiting")} value={String(waiting)} more={danger > 0 ? t("waitingDanger", { count: danger }) : undefined} lit={waiting > 0} />
        <Figure
          label={t("longest")}
          value={longestSince ? t("minutes", { count: Math.floor(minutesBetween(longestSince, asOf)) }) : t("none")}
          more={longestSince ? t("longestSince", { time: clockTime(longestSince, zone, language) }) : t("nobodyWaits")}
        />
        <Figure label={t("onDuty")} value={String(duty.length)} />
        <Figure label={t("promises")} value={String(promises)} more={t("promisesLate", { count: late.length })} lit={late.length > 0} />
      </Figures>
      <Soft>
        <Num>{t("asOf", { time: clockTime(asOf, zone, language) })}</Num>
      </Soft>
    </BoardPart>
  );
}
