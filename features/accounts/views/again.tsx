import type { SignedIn } from "../../../platform/http/scope.ts";
import { Button, Lead, LinkButton, Row, Text } from "../../../platform/ui/basics.tsx";
import { ActForm, Field, Form } from "../../../platform/ui/fields.tsx";
import { Narrow, Or, PasskeyButton, PasskeyForm } from "../../../platform/ui/keys.tsx";
import type { Proofs } from "../again/rules.ts";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

/** Is it she, and not who has her phone? Asked before how she signs in is changed. */
export function AgainPage({ at, member, proofs, again }: { at: Frame; member: SignedIn; proofs: Proofs; again?: Again }) {
  const t = words(at);
  const byWords = proofs.passphrase || proofs.code;
  return (
    <StaffPage at={at} member={member} title={t("againTitle")} current="account" passkeys>
      <Narrow>
        <Lead>{t("againLead")}</Lead>
        <Mend at={at} again={again} />
        {byWords ? (
          <Form action="/account/again">
            {proofs.passphrase ? <Field name="passphrase" label={t("againPassphrase")} type="password" reveal={at.visit.language} autocomplete="current-password" problem={problemOf(at, again, "passphrase")} /> : null}
            {proofs.code ? <Field name="code" label={t("stepCode")} hint={t("stepCodeHint")} autocomplete="one-time-code" problem={problemOf(at, again, "code")} maxLength={60} /> : null}
            <Button>{t("stepContinue")}</Button>
          </Form>
        ) : null}
        {proofs.passkey ? (
          <PasskeyForm action="/account/again/passkey">
            {byWords ? <Or>{t("or")}</Or> : null}
            <PasskeyButton alone does="use" options="/account/again/passkey/options" failed={t("passkeyNotDone")}>
              {t("stepPasskey")}
            </PasskeyButton>
          </PasskeyForm>
        ) : null}
        <Text>{t("againElse")}</Text>
        <Row>
          <ActForm action="/sign-out">
            <Button tone="plain">{t("againSignOut")}</Button>
          </ActForm>
          <LinkButton href="/account" tone="quiet">
            {t("againNot")}
          </LinkButton>
        </Row>
      </Narrow>
    </StaffPage>
  );
}
