import type { ComponentChildren } from "preact";
import { Button, Heading, LinkButton, Num, PlainList, Soft, Strong, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { clockTime } from "../../../../platform/time/time.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** Volunteers who ask a supervisor in, and those who want to talk after a hard one. */
export function AsksPart({ board, lens: { language, zone, supervisor } }: PartProps) {
  const t = say(language);
  const since = (at: Parameters<typeof clockTime>[0]) => <Num>{t("since", { time: clockTime(at, zone, language) })}</Num>;
  const nobody = board.asks.length + board.wishes.length === 0;
  const part = (children: ComponentChildren) => (
    <BoardPart id="board-asks" label={t("asksTitle")}>
      <Heading>{t("asksTitle")}</Heading>
      {children}
    </BoardPart>
  );
  if (nobody) return part(<Soft>{t("asksEmpty")}</Soft>);
  return part(
      <PlainList>
        {board.asks.map(({ conversationId, name, at }) => (
          <Line key={conversationId} mark acts={supervisor ? <LinkButton href={`/desk/conversations/${conversationId}`}>{t("open")}<Unseen> · {name}</Unseen></LinkButton> : null}>
            <Strong>{t("asksIn", { name })}</Strong> {since(at)}
          </Line>
        ))}
        {board.wishes.map(({ id, name, how, at }) => (
          <Line
            key={id}
            mark={how === "not_ok"}
            acts={
              supervisor ? (
                <>
                  <ActForm action={`/board/debriefs/${id}/answer`}>
                    <Button tone="plain">{t("wishAnswer", { name })}</Button>
                  </ActForm>
                  <LinkButton href={`/board/debriefs/${id}`} tone="quiet">
                    {t("wishOpen", { name })}
                  </LinkButton>
                </>
              ) : null
            }
          >
            <Strong>{t("wishes", { name })}</Strong>
            <Soft>
              {t(`how_${how}`)} · {since(at)}
            </Soft>
          </Line>
        ))}
      </PlainList>,
  );
}
