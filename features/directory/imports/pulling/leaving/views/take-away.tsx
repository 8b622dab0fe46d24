import { Bullets, Button, Lead, LinkButton, Notice, Num, Text, Title } from "../../../../../../platform/ui/basics.tsx";
import { Measure } from "../../../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../../../platform/ui/staff-page.tsx";
import { say } from "../../../words.ts";
import type { ApiSource } from "../../queries.ts";

type TakeAwayProps = { readonly staffed: Staffed; readonly source: ApiSource; readonly leaving: { readonly going: number; readonly lines: number; readonly staying: number }; /** She tried while it was being read. */ readonly beingRead: boolean };

/** What happens when a directory is read no more, and the one tap that does it. */
export function TakeAway({ staffed, source: { id, name, url }, leaving: { going, lines, staying }, beingRead }: TakeAwayProps) {
  const t = say(staffed.visit.language);
  return (
    <StaffPage staffed={staffed} title={t("awayTitle", { name })} current="listings">
      <Measure>
        <Title>{t("awayTitle", { name })}</Title>
        {beingRead ? (
          <Notice tone="attention">
            <Text>{t("awayBeingRead")}</Text>
          </Notice>
        ) : null}
        <Lead>{t("awayLead", { url })}</Lead>
        <Bullets>
          <li>
            <Num>{t("awayGoing", { count: going })}</Num>
          </li>
          <li>
            <Num>{t("awayStaying", { count: staying })}</Num>
          </li>
          {lines > 0 ? (
            <li>
              <Num>{t("awayLines", { count: lines })}</Num>
            </li>
          ) : null}
          <li>{t("awayAgain")}</li>
        </Bullets>
        <ActForm action={`/tend/imports/directory/${id}/away`}>
          <Button tone="plain">{t("awayDo")}</Button>
        </ActForm>
        <LinkButton href="/tend/imports" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Measure>
    </StaffPage>
  );
}
