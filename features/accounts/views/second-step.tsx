import { Button, Lead } from "../../../platform/ui/basics.tsx";
import { ActForm, Field, Form } from "../../../platform/ui/fields.tsx";
import { Or, PasskeyButton, PasskeyForm } from "../../../platform/ui/keys.tsx";
import { DoorPage, Mend, problemOf, words, type Again, type Frame } from "./frame.tsx";

/** The second step of signing in. */
export function SecondStepPage({ at, again }: { at: Frame; again?: Again }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("stepTitle")} passkeys>
      <Lead>{t("stepLead")}</Lead>
      <Mend at={at} again={again} />
      <Form action="/sign-in/second-step">
        <Field name="code" label={t("stepCode")} hint={t("stepCodeHint")} autocomplete="one-time-code" problem={problemOf(at, again, "code")} maxLength={60} />
        <Button>{t("stepContinue")}</Button>
      </Form>
      <PasskeyForm action="/sign-in/second-step/passkey">
        <Or>{t("or")}</Or>
        <PasskeyButton alone does="use" options="/sign-in/second-step/passkey/options" failed={t("passkeyNotDone")}>
          {t("stepPasskey")}
        </PasskeyButton>
      </PasskeyForm>
      <ActForm action="/sign-out">
        <Button tone="quiet">{t("backToSignIn")}</Button>
      </ActForm>
    </DoorPage>
  );
}
