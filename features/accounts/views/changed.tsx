import type { SignedIn } from "../../../platform/http/scope.ts";
import { dayAndTime } from "../../../platform/time/time.ts";
import { Bullets, Button, Lead, Num, Row, Text } from "../../../platform/ui/basics.tsx";
import { ActForm } from "../../../platform/ui/fields.tsx";
import { Narrow } from "../../../platform/ui/keys.tsx";
import type { Notice } from "../changes/types.ts";
import { StaffPage, words, type Frame } from "./frame.tsx";

/** Stands before her next page until she has said that she knows. */
export function ChangedPage({ at, member, notices }: { at: Frame; member: SignedIn; notices: readonly Notice[] }) {
  const t = words(at);
  const last = notices.at(-1)?.at.toString() ?? "";
  return (
    <StaffPage at={at} member={member} title={t("changedTitle")} current="account">
      <Narrow>
        <Lead>{t("changedLead")}</Lead>
        <Bullets>
          {notices.map(({ change, at: when }) => (
            <li key={`${change} ${when.toString()}`}>
              {t(`change_${change}`)}: <Num>{dayAndTime(when, member.zone, at.visit.language)}</Num>
            </li>
          ))}
        </Bullets>
        <ActForm action="/account/changed" fields={{ until: last }}>
          <Button big>{t("changedKnown")}</Button>
        </ActForm>
        <Text>{t("changedNot")}</Text>
        <Row>
          <ActForm action="/account/sessions/end-others">
            <Button tone="plain">{t("signOutOthers")}</Button>
          </ActForm>
        </Row>
      </Narrow>
    </StaffPage>
  );
}
