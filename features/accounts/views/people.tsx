import type { SignedIn } from "../../../platform/http/scope.ts";
import { dayAndTime, type Instant } from "../../../platform/time/time.ts";
import { Button, Card, Heading, Lead, LinkButton, Num, PlainList, Row, Soft, Stack, Strong, Text } from "../../../platform/ui/basics.tsx";
import { ActForm } from "../../../platform/ui/fields.tsx";
import { Line, Narrow, ToCopy } from "../../../platform/ui/keys.tsx";
import { inOrder } from "../people/rules.ts";
import { inForce } from "../rules.ts";
import type { HeldRole, Invitation, Person } from "../types.ts";
import { lastDayText, StaffPage, words, type Frame } from "./frame.tsx";

type Props = { at: Frame; member: SignedIn; now: Instant };

/** "Volunteer, until Nov 30, 2026" */
export function RoleText({ at, role, zone, now }: { at: Frame; role: HeldRole; zone: string; now: Instant }) {
  const t = words(at);
  const day = role.expiresAt && lastDayText(role.expiresAt, zone, at.visit.language);
  return (
    <>
      <Strong>{t(role.role)}</Strong>
      {day ? <Num>, {t(inForce(role, now) ? "untilDay" : "roleOver", { day })}</Num> : null}
    </>
  );
}

/** Everyone on the staff, and the invitations that are open. */
export function PeoplePage({ at, member, now, people, invitations }: Props & { people: readonly Person[]; invitations: readonly Invitation[] }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("peopleTitle")} current="people">
      <Row spread>
        <Lead>{t("peopleLead")}</Lead>
        <LinkButton href="/people/invite" icon="person">
          {t("invite")}
        </LinkButton>
      </Row>
      <PlainList label={t("peopleTable")}>
        {people.map((person) => (
          <li key={person.id}>
            <Card>
              <Line
                act={
                  <LinkButton href={`/people/${person.id}`} tone="plain">
                    {t("openPerson", { name: person.name })}
                  </LinkButton>
                }
              >
                <div>
                  <Text>
                    <Strong>{person.name}</Strong>
                  </Text>
                  <Soft>{person.signInName}</Soft>
                </div>
                <div>
                  {person.roles.length === 0 ? <Text>{t("noRoles")}</Text> : null}
                  {person.roles.map((role) => (
                    <Text key={role.id}>
                      <RoleText at={at} role={role} zone={member.zone} now={now} />
                    </Text>
                  ))}
                </div>
              </Line>
            </Card>
          </li>
        ))}
      </PlainList>
      <Stack>
        <Heading>{t("openInvitations")}</Heading>
        {invitations.length === 0 ? <Soft>{t("noInvitations")}</Soft> : null}
        <PlainList>
          {invitations.map((invitation) => (
            <li key={invitation.id}>
              <Card>
                <Row spread>
                  <Stack gap={8}>
                    <Text>
                      <Strong>{invitation.forName}</Strong>: {inOrder(invitation.roles).map((role) => t(role)).join(", ")}
                    </Text>
                    <Soft>
                      <Num>{t("invitationUntil", { when: dayAndTime(invitation.expiresAt, member.zone, at.visit.language) })}</Num>
                    </Soft>
                  </Stack>
                  <ActForm action={`/people/invitations/${invitation.id}/withdraw`}>
                    <Button tone="plain">{t("withdraw", { name: invitation.forName })}</Button>
                  </ActForm>
                </Row>
              </Card>
            </li>
          ))}
        </PlainList>
      </Stack>
      <Stack>
        <Heading>{t("membersTitle")}</Heading>
        <Soft>{t("membersHint")}</Soft>
        <Row>
          <LinkButton href="/people/sign-out" tone="plain">
            {t("signMemberOut")}
          </LinkButton>
        </Row>
      </Stack>
    </StaffPage>
  );
}

/** A link that is shown once: an invitation's, or one that helps somebody back in. */
export function OneLinkPage({ at, member, kind, link }: { at: Frame; member: SignedIn; kind: "invitation" | "signIn"; link: string | undefined  }) {
  const t = words(at);
  const invited = kind === "invitation";
  return (
    <StaffPage at={at} member={member} title={t(invited ? "invitedTitle" : "helpInTitle")} current="people" passkeys>
      <Narrow>
        <OneLink at={at} invited={invited} link={link} />
      </Narrow>
      <Row>
        <LinkButton href="/people" tone="plain">
          {t("backToPeople")}
        </LinkButton>
      </Row>
    </StaffPage>
  );
}

function OneLink({ at, invited, link }: { at: Frame; invited: boolean; link: string | undefined }) {
  const t = words(at);
  if (link === undefined) return <Text>{t("linkHidden")}</Text>;
  return (
    <>
      <Lead>{t(invited ? "invitedLead" : "helpInLead")}</Lead>
      <ToCopy id="link" label={t(invited ? "inviteLink" : "helpInLink")} value={link} copy={t("copy")} copied={t("copied")} />
      <Text>{t("onlyNow")}</Text>
      {invited && at.emails ? <Soft>{t("invitedEmailed")}</Soft> : null}
    </>
  );
}
