import { Button, Heading, LinkButton, Num, PlainList, Soft, Strong, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { clockTime } from "../../../../platform/time/time.ts";
import type { Ask, BoardLens, Wish } from "../types.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** Volunteers who ask a supervisor in, and those who want to talk after a hard one. */
export function AsksPart({ board: { asks, wishes }, lens }: PartProps) {
  const t = say(lens.language);
  return (
    <BoardPart id="board-asks" label={t("asksTitle")}>
      <Heading>{t("asksTitle")}</Heading>
      {asks.length + wishes.length === 0 ? (
        <Soft>{t("asksEmpty")}</Soft>
      ) : (
        <PlainList>
          {asks.map((ask) => (
            <AskLine key={ask.conversationId} {...{ ask, lens }} />
          ))}
          {wishes.map((wish) => (
            <WishLine key={wish.id} {...{ wish, lens }} />
          ))}
        </PlainList>
      )}
    </BoardPart>
  );
}

function AskLine({ ask: { conversationId, name, at }, lens: { language, zone, supervisor } }: { ask: Ask; lens: BoardLens }) {
  const t = say(language);
  const open = (
    <LinkButton href={`/desk/conversations/${conversationId}`}>
      {t("open")}
      <Unseen> · {name}</Unseen>
    </LinkButton>
  );
  return (
    <Line id={`ask-${conversationId}`} mark acts={supervisor ? open : null}>
      <Strong>{t("asksIn", { name })}</Strong> <Num>{t("since", { time: clockTime(at, zone, language) })}</Num>
    </Line>
  );
}

function WishLine({ wish: { id, name, how, at }, lens: { language, zone, supervisor } }: { wish: Wish; lens: BoardLens }) {
  const t = say(language);
  const acts = (
    <>
      <ActForm action={`/board/debriefs/${id}/answer`}>
        <Button tone="plain">{t("wishAnswer", { name })}</Button>
      </ActForm>
      <LinkButton href={`/board/debriefs/${id}`} tone="quiet">
        {t("wishOpen", { name })}
      </LinkButton>
    </>
  );
  return (
    <Line id={`wish-${id}`} mark={how === "not_ok"} acts={supervisor ? acts : null}>
      <Strong>{t("wishes", { name })}</Strong>
      <Soft>
        {t(`how_${how}`)} · <Num>{t("since", { time: clockTime(at, zone, language) })}</Num>
      </Soft>
    </Line>
  );
}
