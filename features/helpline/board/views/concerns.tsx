import { Button, Heading, LinkButton, Num, PlainList, Row, Soft, Strong, Tag, Unseen } from "../../../../platform/ui/basics.tsx";
import { BoardPart, Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { clockTime } from "../../../../platform/time/time.ts";
import type { BoardLens, OpenConcern } from "../types.ts";
import { say } from "../words.ts";
import type { PartProps } from "./now.tsx";

/** The open concerns: first those that nobody has acknowledged. */
export function ConcernsPart({ board, lens }: PartProps) {
  const t = say(lens.language);
  return (
    <BoardPart id="board-concerns" label={t("concernsTitle")}>
      <Heading>{t("concernsTitle")}</Heading>
      {board.concerns.length === 0 ? (
        <Soft>{t("concernsEmpty")}</Soft>
      ) : (
        <PlainList>
          {board.concerns.map((concern) => (
            <ConcernLine key={concern.id} {...{ concern, lens }} />
          ))}
        </PlainList>
      )}
    </BoardPart>
  );
}

function ConcernLine({ concern, lens: { language, zone, supervisor } }: { concern: OpenConcern; lens: BoardLens }) {
  const t = say(language);
  const time = clockTime(concern.raisedAt, zone, language);
  const acts = (
    <>
      {concern.acknowledgedBy ? null : (
        <ActForm action={`/desk/concerns/${concern.id}/acknowledge`}>
          <Button icon="check">{t("iHaveIt")}</Button>
        </ActForm>
      )}
      {supervisor ? (
        <LinkButton href={`/desk/conversations/${concern.conversationId}/concern`} tone="plain">
          <span aria-hidden="true">{t("open")}</span>
          <Unseen>{t("openConcern", { time })}</Unseen>
        </LinkButton>
      ) : null}
    </>
  );
  return (
    <Line id={`concern-${concern.id}`} mark={!concern.acknowledgedBy} acts={acts}>
      <Strong>{concern.source === "parent_said" ? t("parentSaid") : t("raisedBy", { name: concern.raisedBy ?? "" })}</Strong>
      <Row>
        {concern.acknowledgedBy ? <Tag tone="done">{t("hasIt", { name: concern.acknowledgedBy })}</Tag> : <Tag tone="lamp">{t("nobodyHasIt")}</Tag>}
        <Num>{t("since", { time })}</Num>
      </Row>
      {concern.erased ? <Soft>{t("erased")}</Soft> : concern.acknowledgedBy ? null : <Soft>{t("paged", { count: concern.paged, name: concern.lastPaged ?? "" })}</Soft>}
    </Line>
  );
}
