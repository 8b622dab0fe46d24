import type { SignedIn } from "../../../platform/http/scope.ts";
import { Button, Lead, LinkButton, Notice, Row, Soft, Text } from "../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../platform/ui/fields.tsx";
import { Narrow } from "../../../platform/ui/keys.tsx";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

/** Members of the community stand on no list: a coordinator writes the name that she was told, and sees nothing of whose it is. */
export function SignMemberOutPage({ at, member, done, again }: { at: Frame; member: SignedIn; done: boolean; again?: Again | undefined }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("signMemberOut")} current="people">
      <Narrow>
        {done ? (
          <Notice tone="done">
            <Text>{t("memberSignedOut")}</Text>
          </Notice>
        ) : null}
        <Lead>{t("signMemberOutLead")}</Lead>
        <Mend at={at} again={again} />
        <Form action="/people/sign-out">
          <Field name="member" label={t("memberName")} hint={t("memberNameHint")} autocomplete="off" typed={again?.typed} problem={problemOf(at, again, "member")} maxLength={60} />
          <Soft>{t("signMemberOutHint")}</Soft>
          <Button>{t("signOutOfNow")}</Button>
        </Form>
        <Row>
          <LinkButton href="/people" tone="plain">
            {t("backToPeople")}
          </LinkButton>
        </Row>
      </Narrow>
    </StaffPage>
  );
}
