import { staffRoles, type SignedIn } from "../../../platform/http/scope.ts";
import { Button } from "../../../platform/ui/basics.tsx";
import { Choices, Field, Form } from "../../../platform/ui/fields.tsx";
import { Narrow } from "../../../platform/ui/keys.tsx";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

/** Inviting somebody: a name, what they will do, and until when. */
export function InvitePage({ at, member, again }: { at: Frame; member: SignedIn; again?: Again }) {
  const t = words(at);
  const typed = again?.typed;
  return (
    <StaffPage at={at} member={member} title={t("inviteTitle")} current="people">
      <Narrow>
      <Mend at={at} again={again} />
      <Form action="/people/invitations">
        <Field name="forName" label={t("forName")} hint={t("forNameHint")} typed={typed} problem={problemOf(at, again, "forName")} maxLength={60} />
        <Choices name="roles" label={t("roles")} typed={typed} value="volunteer" several problem={problemOf(at, again, "roles")} choices={staffRoles.map((role) => [role, t(role), t(`${role}Hint`)] as const)} />
        <Field name="lastDay" label={t("lastDay")} hint={t("lastDayHint")} type="date" typed={typed} problem={problemOf(at, again, "lastDay")} />
        {at.emails ? <Field name="email" label={t("inviteEmail")} hint={t("inviteEmailHint")} type="email" typed={typed} problem={problemOf(at, again, "email")} maxLength={200} /> : null}
        <Button>{t("makeInvitation")}</Button>
      </Form>
      </Narrow>
    </StaffPage>
  );
}
