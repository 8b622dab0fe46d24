import { Button, Card, Facts, Lead, LinkButton, Num, Preline, Row, Soft, Title } from "../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { OpenedDebrief } from "../commands.ts";
import { say } from "../words.ts";

/** What a volunteer shares with the supervisor whom she asked to talk with. */
export function DebriefRead({ staffed, debrief }: { staffed: Staffed; debrief: OpenedDebrief }) {
  const { language } = staffed.visit;
  const t = say(language);
  const { id, name, how, at, words } = debrief;
  return (
    <StaffPage staffed={staffed} title={t("debriefTitle")} current="board">
      <Measure>
        <Title>{t("debriefTitle")}</Title>
        <Lead>{t("debriefIntro", { name })}</Lead>
        <Card>
          <Facts rows={[[t("debriefHow"), t(`how_${how}Label`)], [t("debriefWhen"), <Num>{dayAndTime(at, staffed.member.zone, language)}</Num>]]} />
          {words ? <Preline>{words}</Preline> : <Soft>{t("debriefNoWords", { name })}</Soft>}
        </Card>
        <Row>
          <ActForm action={`/board/debriefs/${id}/answer`}>
            <Button icon="check">{t("wishAnswer", { name })}</Button>
          </ActForm>
          <LinkButton href="/board" tone="quiet" icon="back">
            {t("back")}
          </LinkButton>
        </Row>
      </Measure>
    </StaffPage>
  );
}
