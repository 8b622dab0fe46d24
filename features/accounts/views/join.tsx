import { Button, Heading, Lead, LinkButton, Row, Soft } from "../../../platform/ui/basics.tsx";
import { Field, Form } from "../../../platform/ui/fields.tsx";
import { PasskeyButton } from "../../../platform/ui/keys.tsx";
import { DetailFields } from "./details.tsx";
import { DoorPage, Mend, OthersUseThis, problemOf, words, type Again, type Frame } from "./frame.tsx";

/** Accepting an invitation. */
export function JoinPage({ at, name, zone, again }: { at: Frame; name: string; zone: string; again?: Again }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("joinTitle", { name })} passkeys>
      <Lead>{t("joinLead")}</Lead>
      <Mend at={at} again={again} />
      <Form action="/join">
        <DetailFields at={at} again={again} known={{ name, language: at.visit.language, zone }} />
        <Heading>{t("joinHowTitle")}</Heading>
        <PasskeyButton does="make" options="/join/passkey/options" failed={t("passkeyNotDone")}>
          {t("joinPasskey")}
        </PasskeyButton>
        <Soft>{t("joinPasskeyHint")}</Soft>
        <Field name="passphrase" label={t("passphrase")} hint={t("passphraseHint")} type="password" reveal={at.visit.language} autocomplete="new-password" problem={problemOf(at, again, "passphrase")} />
        <Soft>{t("passphraseLead")}</Soft>
        <OthersUseThis at={at} typed={again?.typed} />
        <Button>{t("join")}</Button>
      </Form>
    </DoorPage>
  );
}

export function JoinOverPage({ at }: { at: Frame }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("joinOverTitle")}>
      <Lead>{t("joinOverLead")}</Lead>
      <Row>
        <LinkButton href="/sign-in" tone="plain">
          {t("joinIn")}
        </LinkButton>
      </Row>
    </DoorPage>
  );
}
