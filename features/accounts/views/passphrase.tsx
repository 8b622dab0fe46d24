import type { SignedIn } from "../../../platform/http/scope.ts";
import { Button, Lead, Soft } from "../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../platform/ui/fields.tsx";
import { Narrow } from "../../../platform/ui/keys.tsx";
import { Mend, problemOf, StaffPage, words, type Again, type Frame } from "./frame.tsx";

/** Choosing or changing the passphrase. */
export function PassphrasePage({ at, member, hasOne, again }: { at: Frame; member: SignedIn; hasOne: boolean; again?: Again }) {
  const t = words(at);
  return (
    <StaffPage at={at} member={member} title={t("passphraseTitle")} current="account">
      <Narrow>
      <Lead>{t("passphraseLead")}</Lead>
      <Mend at={at} again={again} />
      <Form action="/account/passphrase">
        {hasOne ? <Field name="now" label={t("passphraseNow")} type="password" reveal={at.visit.language} autocomplete="current-password" problem={problemOf(at, again, "now")} /> : null}
        <Field name="passphrase" label={t("passphraseNew")} hint={t("passphraseHint")} type="password" reveal={at.visit.language} autocomplete="new-password" problem={problemOf(at, again, "passphrase")} />
        <Soft>{t("passphraseOthers")}</Soft>
        <Button>{t("passphraseSave")}</Button>
      </Form>
      </Narrow>
    </StaffPage>
  );
}
