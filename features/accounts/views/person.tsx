import { staffRoles, type SignedIn } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { Button, Card, Columns, Details, Heading, Num, PlainList, Row, Soft, Stack, Text } from "../../../platform/ui/basics.tsx";
import { ActForm, Choices, Field, Form } from "../../../platform/ui/fields.tsx";
import type { Person } from "../types.ts";
import { dayOf, Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";
import { RoleText } from "./people.tsx";

type Props = { at: Frame; member: SignedIn; person: Person; now: Instant; again?: Again };

/** One person: the roles held, ending one, giving one, and helping back in. */
export function PersonPage({ at, member, person, now, again }: Props) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={person.name} current="people">
      <Soft>
        {person.signInName}. <Num>{t("personJoined", { day: dayOf(person.joinedAt, member.zone, at.visit.language) })}</Num>
      </Soft>
      <Mend at={at} again={again} />
      <Columns even>
        <Stack gap={24}>
          <Held at={at} member={member} person={person} now={now} />
          {person.id === member.memberId ? null : (
            <Details summary={t("signOutOf", { name: person.name })}>
              <Text>{t("signOutOfHint")}</Text>
              <ActForm action={`/people/${person.id}/sign-out`}>
                <Button tone="plain">{t("signOutOfNow")}</Button>
              </ActForm>
            </Details>
          )}
          {person.id === member.memberId ? null : (
            <Details summary={t("helpIn", { name: person.name })}>
              <Text>{t("helpInHint")}</Text>
              <ActForm action={`/people/${person.id}/sign-in-link`}>
                <Button tone="plain" icon="key">
                  {t("helpInMake")}
                </Button>
              </ActForm>
              <Text>{t("stepsAwayHint")}</Text>
              <ActForm action={`/people/${person.id}/steps-taken-away`}>
                <Button tone="plain">{t("stepsAway")}</Button>
              </ActForm>
            </Details>
          )}
        </Stack>
        <Card>
          <Heading>{t("giveTitle")}</Heading>
          <Form action={`/people/${person.id}/roles`}>
            <Choices name="role" label={t("role")} typed={again?.typed} problem={problemOf(at, again, "role")} choices={staffRoles.map((role) => [role, t(role), t(`${role}Hint`)] as const)} />
            <Field name="lastDay" label={t("oneLastDay")} hint={t("lastDayHint")} type="date" typed={again?.typed} problem={problemOf(at, again, "lastDay")} />
            <Soft>{t("giveHint")}</Soft>
            <Button>{t("giveRole")}</Button>
          </Form>
        </Card>
      </Columns>
    </StaffPage>
  );
}

function Held({ at, member, person, now }: Pick<Props, "at" | "member" | "person" | "now">) {
  const t = words(at);
  return (
    <Card>
      <Heading>{t("personRoles")}</Heading>
      {person.roles.length === 0 ? <Text>{t("noRoles")}</Text> : null}
      <PlainList label={t("personRoles")}>
        {person.roles.map((role) => (
          <li key={role.id}>
            <Row spread>
              <span>
                <RoleText at={at} role={role} zone={member.zone} now={now} />
              </span>
              <ActForm action={`/people/${person.id}/roles/end`} fields={{ role: role.role }}>
                <Button tone="plain">{t("endRole", { role: t(role.role) })}</Button>
              </ActForm>
            </Row>
          </li>
        ))}
      </PlainList>
    </Card>
  );
}
