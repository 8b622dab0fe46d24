import { Heading, LinkButton, Num, PlainList, Strong, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { dayAndTime } from "../../../../platform/time/time.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** Promises past their time; nothing while there is none. */
export function LatePart({ board: { late }, lens: { language, zone } }: PartProps) {
  const t = say(language);
  return (
    <BoardPart id="board-late" label={t("lateTitle")}>
      {late.length === 0 ? null : (
        <>
          <Heading>{t("lateTitle")}</Heading>
          <PlainList>
            {late.map(({ id, dueAt, owner }) => {
              const due = t("lateDue", { time: dayAndTime(dueAt, zone, language) });
              return (
                <Line key={id} mark acts={<LinkButton href={`/desk/call-backs/${id}`} tone="plain">{t("open")}<Unseen> · {due}</Unseen></LinkButton>}>
                  <Strong>{owner ? t("lateOwner", { name: owner }) : t("lateNoOwner")}</Strong> <Num>{due}</Num>
                </Line>
              );
            })}
          </PlainList>
        </>
      )}
    </BoardPart>
  );
}
