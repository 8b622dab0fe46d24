import type { SignedIn } from "../../../platform/http/scope.ts";
import { Button, Card, Columns, Heading, Lead, Link, LinkButton, Notice, Row, Soft, Stack, Text } from "../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../platform/ui/fields.tsx";
import { Carried, Codes, Narrow, PasskeyButton, PasskeyForm, Secret } from "../../../platform/ui/keys.tsx";
import { QrCode } from "../../../platform/ui/qr.tsx";
import { inGroups } from "../second-step/rules.ts";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

type Props = { at: Frame; member: SignedIn };

/** Choosing a second step: a passkey or an app. */
export function SetUpStepPage({ at, member, again }: Props & { again?: Again }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("setUpTitle")} current="account" passkeys>
      <Lead>{t("setUpLead")}</Lead>
      <Text>{t("setUpHow")}</Text>
      <Mend at={at} again={again} />
      <Columns even>
        <PasskeyForm action="/account/passkeys">
          <Card>
            <Heading>{t("setUpPasskey")}</Heading>
            <Text>{t("setUpPasskeyHint")}</Text>
            <Field name="name" label={t("passkeyName")} hint={t("passkeyNameHint")} maxLength={60} />
            <PasskeyButton alone does="make" options="/account/passkeys/options" failed={t("passkeyNotDone")}>
              {t("makePasskey")}
            </PasskeyButton>
          </Card>
        </PasskeyForm>
        <Card>
          <Heading>{t("setUpApp")}</Heading>
          <Text>{t("setUpAppHint")}</Text>
          <Row>
            <LinkButton href="/account/second-step/app" icon="phone">
              {t("useApp")}
            </LinkButton>
          </Row>
        </Card>
      </Columns>
    </StaffPage>
  );
}

/** The app's secret, to open or to type over, and the first code. */
export function SetUpAppPage({ at, member, secret, link, sealed, again }: Props & { secret: string; link: string; sealed: string; again?: Again }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("appTitle")} current="account">
      <Mend at={at} again={again} />
      <Columns even>
        <Stack>
          <Text>
            {t("appOnThis")} <Link href={link}>{t("appOpen")}</Link>
          </Text>
          <Text>{t("appCamera")}</Text>
          <QrCode text={link} says={t("appPicture")} />
          <Text>{t("appOther")}</Text>
          <Secret>{inGroups(secret)}</Secret>
          <Soft>{t("appName")}</Soft>
        </Stack>
        <Form action="/account/second-step/app">
          <Carried name="sealed" value={sealed} />
          <Field name="code" label={t("appCode")} inputmode="numeric" autocomplete="one-time-code" problem={problemOf(at, again, "code")} maxLength={20} />
          <Button>{t("appConfirm")}</Button>
        </Form>
      </Columns>
    </StaffPage>
  );
}

/** Ten codes, shown once; or, on a second look, that they are gone. */
export function CodesPage({ at, member, codes }: Props & { codes: readonly string[] }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("codesTitle")} current="account">
      {codes.length > 0 ? (
        <Narrow>
          <Notice>
            <Text>{t("codesLead")}</Text>
          </Notice>
          <Codes codes={codes} label={t("codesTitle")} />
          <Text>{t("codesHint")}</Text>
        </Narrow>
      ) : (
        <Text>{t("codesGone")}</Text>
      )}
      <Row>
        <LinkButton href="/account">{t("codesDone")}</LinkButton>
      </Row>
    </StaffPage>
  );
}
