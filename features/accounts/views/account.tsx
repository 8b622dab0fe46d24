import type { ComponentChildren } from "preact";
import type { SignedIn } from "../../../platform/http/scope.ts";
import { ownName } from "../../../platform/i18n/words.ts";
import { dayAndTime, type Instant } from "../../../platform/time/time.ts";
import { Button, Card, Columns, Facts, Heading, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Tag, Text } from "../../../platform/ui/basics.tsx";
import { ActForm, Field, Form } from "../../../platform/ui/fields.tsx";
import { PasskeyButton, PasskeyForm } from "../../../platform/ui/keys.tsx";
import type { Account } from "../types.ts";
import { asKey } from "../words.ts";
import { dayOf, deviceText, Mend, problemOf, StaffPage, words, worksHere, type Again, type Frame } from "./frame.tsx";

type Props = { at: Frame; account: Account };
/** `texts`: they leave from here; where not, nobody is asked for a number. `again`: her number, as she typed it. */
type Shown = Props & { member: SignedIn; said?: string | undefined; texts: boolean; again?: Again | undefined };

/** Her own account: who she is here, how she signs in, where she is signed in. `said` is the key of what just happened. */
export function AccountPage({ at, account, member, said, texts, again }: Shown) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("accountTitle")} current="account" passkeys>
      <Mend at={at} again={again} />
      {said ? (
        <Notice tone={said === "saved" ? "done" : "attention"}>
          <Text>{t(asKey(said))}</Text>
        </Notice>
      ) : null}
      {member.roles.size === 0 ? (
        <Notice>
          <Text>{t("noRole")}</Text>
        </Notice>
      ) : null}
      {member.roles.has("member") ? <InTheCommunity at={at} /> : null}
      <Columns even>
        <Stack gap={24}>
          <Details at={at} account={account} />
          {worksHere(member) && (texts || account.phone) ? <Texts at={at} account={account} again={again} /> : null}
          <Devices at={at} account={account} current={member.sessionId} />
        </Stack>
        <Stack gap={24}>
          <Ways at={at} account={account} />
          <Passkeys at={at} account={account} />
        </Stack>
      </Columns>
    </StaffPage>
  );
}

function InTheCommunity({ at }: Pick<Props, "at">) {
  const t = words(at);
  return (
    <Card>
      <Heading>{t("inTheCommunity")}</Heading>
      <Row>
        <LinkButton href="/community/mine">{t("whatIWrote")}</LinkButton>
        <LinkButton href="/community/consents" tone="plain">
          {t("myConsents")}
        </LinkButton>
        <ActForm action="/community/export">
          <Button tone="plain">{t("copyOfAll")}</Button>
        </ActForm>
        <LinkButton href="/community/leave" tone="plain">
          {t("leaveCommunity")}
        </LinkButton>
        <ActForm action="/sign-out">
          <Button tone="plain">{t("signOut")}</Button>
        </ActForm>
      </Row>
    </Card>
  );
}

function Details({ at, account }: Props) {
  const t = words(at);
  return (
    <Card>
      <Heading>{t("yourDetails")}</Heading>
      <Facts
        rows={[
          [t("name"), account.name],
          [t("signInName"), account.signInName],
          [t("language"), ownName[account.language]],
          [t("zone"), account.zone.replaceAll("_", " ")],
          [t("email"), account.email ?? t("noEmail")],
        ]}
      />
      <Row>
        <LinkButton href="/account/details" tone="plain">
          {t("change")}
        </LinkButton>
        <LinkButton href="/privacy/mine" tone="plain">
          {t("whatIsKept")}
        </LinkButton>
      </Row>
    </Card>
  );
}

/** Her number, for whoever can be on call. */
function Texts({ at, account: { phone }, again }: Props & { again: Again | undefined }) {
  const t = words(at);
  return (
    <Card>
      <Heading>{t("textsTitle")}</Heading>
      {phone?.stopped ? <Notice tone="attention">{t("textsStopped")}</Notice> : null}
      <Form action="/account/phone">
        <Field name="phone" type="tel" label={t("phone")} hint={t("phoneHint")} typed={again?.typed} value={phone?.number} problem={problemOf(at, again, "phone")} autocomplete="tel" maxLength={40} />
        <Button tone="plain">{t("save")}</Button>
      </Form>
    </Card>
  );
}

function Ways({ at, account }: Props) {
  const t = words(at);
  const way = (name: string, state: ComponentChildren, act: ComponentChildren) => (
    <Stack gap={8}>
      <Text>
        <Strong>{name}</Strong>: {state}
      </Text>
      <Row>{act}</Row>
    </Stack>
  );
  return (
    <Card>
      <Heading>{t("yourWays")}</Heading>
      {way(
        t("wayPassphrase"),
        t(account.hasPassphrase ? "passphraseSet" : "passphraseNone"),
        <LinkButton href="/account/passphrase" tone="plain">
          {t(account.hasPassphrase ? "changePassphrase" : "setPassphrase")}
        </LinkButton>,
      )}
      {way(
        t("wayApp"),
        t(account.hasApp ? "appSet" : "appNone"),
        account.hasApp ? (
          <ActForm action="/account/second-step/app/remove">
            <Button tone="plain">{t("removeApp")}</Button>
          </ActForm>
        ) : (
          <LinkButton href="/account/second-step/app" tone="plain">
            {t("useApp")}
          </LinkButton>
        ),
      )}
      {way(
        t("wayCodes"),
        t("codesLeft", { count: account.codesLeft }),
        <ActForm action="/account/codes">
          <Button tone="plain">{t("newCodes")}</Button>
        </ActForm>,
      )}
      {account.codesLeft > 0 ? <Soft>{t("newCodesHint")}</Soft> : null}
    </Card>
  );
}

function Passkeys({ at, account }: Props) {
  const t = words(at);
  const nameOf = (name: string) => deviceText(name, at);
  return (
    <Card>
      <Heading>{t("passkeys")}</Heading>
      {account.passkeys.length === 0 ? <Text>{t("passkeysNone")}</Text> : null}
      <PlainList label={t("passkeys")}>
        {account.passkeys.map(({ id, name, madeAt }) => (
          <li key={id}>
            <Row spread>
              <span>
                <Strong>{nameOf(name)}</Strong>, <Num>{t("passkeyMade", { day: dayOf(madeAt, account.zone, at.visit.language) })}</Num>
              </span>
              <ActForm action="/account/passkeys/remove" fields={{ id }}>
                <Button tone="plain">{t("removePasskey", { name: nameOf(name) })}</Button>
              </ActForm>
            </Row>
          </li>
        ))}
      </PlainList>
      <PasskeyForm action="/account/passkeys">
        <Field name="name" label={t("passkeyName")} hint={t("passkeyNameHint")} maxLength={60} />
        <PasskeyButton alone does="make" options="/account/passkeys/options" failed={t("passkeyNotDone")}>
          {t("addPasskey")}
        </PasskeyButton>
      </PasskeyForm>
    </Card>
  );
}

function Devices({ at, account, current }: Props & { current: string }) {
  const t = words(at);
  const when = (seenAt: Instant) => dayAndTime(seenAt, account.zone, at.visit.language);
  return (
    <Card>
      <Heading>{t("devices")}</Heading>
      <PlainList label={t("devices")}>
        {account.sessions.map(({ id, device, seenAt, shared }) => (
          <li key={id}>
            <Row spread>
              <Stack gap={8}>
                <Text>
                  <Strong>{deviceText(device, at)}</Strong> {id === current ? <Tag tone="lamp">{t("thisOne")}</Tag> : null} {shared ? <Tag>{t("sharedOne")}</Tag> : null}
                </Text>
                <Soft>
                  <Num>{t("lastUsed", { when: when(seenAt) })}</Num>
                </Soft>
              </Stack>
              {id === current ? null : (
                <ActForm action={`/account/sessions/${id}/end`}>
                  <Button tone="plain">{t("signOutDevice", { device: deviceText(device, at) })}</Button>
                </ActForm>
              )}
            </Row>
          </li>
        ))}
      </PlainList>
      {account.sessions.length > 1 ? (
        <ActForm action="/account/sessions/end-others">
          <Button tone="plain">{t("signOutOthers")}</Button>
        </ActForm>
      ) : null}
      <Soft>{t("devicesHint")}</Soft>
    </Card>
  );
}
