import { Button, Lead } from "../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../platform/ui/fields.tsx";
import { DoorPage, Mend, OthersUseThis, problemOf, words, type Again, type Frame } from "./frame.tsx";

/** Signing in by one of the ten codes. */
export function RecoveryPage({ at, again }: { at: Frame; again?: Again }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("recoveryTitle")}>
      <Lead>{t("recoveryLead")}</Lead>
      <Mend at={at} again={again} />
      <Form action="/sign-in/recovery">
        <Field name="signInName" label={t("signInName")} autocomplete="username" typed={again?.typed} problem={problemOf(at, again, "signInName")} maxLength={60} />
        <Field name="code" label={t("recoveryCode")} hint={t("recoveryCodeHint")} typed={again?.typed} problem={problemOf(at, again, "code")} maxLength={60} />
        <OthersUseThis at={at} typed={again?.typed} />
        <Button>{t("signIn")}</Button>
      </Form>
    </DoorPage>
  );
}
