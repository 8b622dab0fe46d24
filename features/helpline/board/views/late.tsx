import { Heading, LinkButton, Num, PlainList, Strong, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { BoardLens, LatePromise } from "../types.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** Promises past their time; nothing while there is none. */
export function LatePart({ board: { late }, lens }: PartProps) {
  const t = say(lens.language);
  return (
    <BoardPart id="board-late" label={t("lateTitle")}>
      {late.length === 0 ? null : (
        <>
          <Heading>{t("lateTitle")}</Heading>
          <PlainList>
            {late.map((promise) => (
              <LateLine key={promise.id} {...{ promise, lens }} />
            ))}
          </PlainList>
        </>
      )}
    </BoardPart>
  );
}

function LateLine({ promise: { id, dueAt, owner }, lens: { language, zone } }: { promise: LatePromise; lens: BoardLens }) {
  const t = say(language);
  const due = t("lateDue", { time: dayAndTime(dueAt, zone, language) });
  const open = (
    <LinkButton href={`/desk/call-backs/${id}`} tone="plain">
      {t("open")}
      <Unseen> · {due}</Unseen>
    </LinkButton>
  );
  return (
    <Line id={`late-${id}`} mark acts={open}>
      <Strong>{owner ? t("lateOwner", { name: owner }) : t("lateNoOwner")}</Strong> <Num>{due}</Num>
    </Line>
  );
}
