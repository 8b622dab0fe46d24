import { Columns, LinkButton, Notice, Row, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { Polite } from "../../../../platform/ui/board.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { may } from "../../policy.ts";
import type { Board, BoardLens } from "../types.ts";
import { say } from "../words.ts";
import { AsksPart } from "./asks.tsx";
import { BlocksPart } from "./blocks.tsx";
import { ConcernsPart } from "./concerns.tsx";
import { DutyPart } from "./duty.tsx";
import { LatePart } from "./late.tsx";
import { NowPart } from "./now.tsx";
import { NumbersPart } from "./numbers.tsx";

/** Every part of the board by the id that its stream replaces, in reading order. */
export const boardParts = { "board-now": NowPart, "board-concerns": ConcernsPart, "board-asks": AsksPart, "board-late": LatePart, "board-blocks": BlocksPart, "board-duty": DutyPart, "board-numbers": NumbersPart } as const;

type BoardProps = { readonly staffed: Staffed; readonly board: Board; readonly lens: BoardLens; readonly notice?: "raisedItYourself" | undefined };

/** How the helpline stands now; live while it is open, and again every half minute without scripts. */
export function BoardPage({ staffed, board, lens, notice }: BoardProps) {
  const t = say(lens.language);
  const shown = { board, lens };
  return (
    <StaffPage staffed={staffed} title={t("title")} current="board" scripts={["live"]} refresh={30}>
      <LiveSource src="/board/stream" />
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        {notice ? <Notice tone="attention">{t(notice)}</Notice> : null}
        <NowPart {...shown} />
        <Columns>
          <Stack gap={24}>
            <Polite>
              <ConcernsPart {...shown} />
            </Polite>
            <Polite>
              <AsksPart {...shown} />
            </Polite>
            <LatePart {...shown} />
            <BlocksPart {...shown} />
          </Stack>
          <Stack gap={24}>
            <DutyPart {...shown} />
            <NumbersPart {...shown} />
          </Stack>
        </Columns>
        <Row>
          <LinkButton href="/desk/call-backs" tone="plain" icon="clock">
            {t("toCallBacks")}
          </LinkButton>
          {may("seeAudit", staffed.member.roles, false) ? (
            <LinkButton href="/board/audit" tone="plain" icon="eye">
              {t("toAudit")}
            </LinkButton>
          ) : null}
        </Row>
      </Stack>
    </StaffPage>
  );
}
