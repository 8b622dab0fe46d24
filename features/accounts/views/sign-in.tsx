import { typedText } from "../../../platform/http/form.ts";
import { Button, Details, Hush, Lead, Link, LinkButton, Notice, Row, Soft, Stack, Text } from "../../../platform/ui/basics.tsx";
import { Check, Field, Form } from "../../../platform/ui/fields.tsx";
import { Or, PasskeyButton, PasskeyForm } from "../../../platform/ui/keys.tsx";
import type { WordKey } from "../words.ts";
import { DoorPage, Mend, OthersUseThis, problemOf, words, type Again, type Frame } from "./frame.tsx";

/** The ways in, the quickest first. */
export function SignInPage({ at, again, said }: { at: Frame; again?: Again; said?: WordKey | undefined }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("signInTitle")} passkeys>
      <Lead>{t("signInLead")}</Lead>
      {said ? (
        <Notice>
          <Text>{t(said)}</Text>
        </Notice>
      ) : null}
      <Mend at={at} again={again} />
      <PasskeyForm action="/sign-in/passkey">
        <PasskeyButton alone does="use" options="/sign-in/passkey/options" failed={t("passkeyNotDone")} primary>
          {t("withPasskey")}
        </PasskeyButton>
        <Soft>{t("withPasskeyHint")}</Soft>
        <Check name="shared" id="shared-key" label={t("shared")} checked={typedText(again?.typed, "shared") === "yes"} />
        <Or>{t("or")}</Or>
      </PasskeyForm>
      <Form action="/sign-in">
        <Field name="signInName" label={t("signInName")} autocomplete="username" typed={again?.typed} problem={problemOf(at, again, "signInName")} maxLength={60} />
        <Field name="passphrase" label={t("passphrase")} type="password" reveal={at.visit.language} autocomplete="current-password" problem={problemOf(at, again, "passphrase")} />
        <OthersUseThis at={at} typed={again?.typed} />
        <Button tone="plain">{t("signIn")}</Button>
      </Form>
      <Details summary={t("otherWays")}>
        <Stack gap={24}>
          {at.emails ? (
            <Form action="/sign-in/email">
              <Field name="email" label={t("byEmailTitle")} hint={t("byEmailHint")} type="email" autocomplete="email" maxLength={200} />
              <Button tone="plain" icon="mail">
                {t("sendLink")}
              </Button>
            </Form>
          ) : null}
          <Row>
            <LinkButton href="/sign-in/recovery" tone="plain" icon="note">
              {t("byRecovery")}
            </LinkButton>
          </Row>
          <Soft>{t("askCoordinator")}</Soft>
        </Stack>
      </Details>
      <Hush>
        <Text>{t("signInParents")}</Text>
        <Text>
          <Link href="/">{t("signInParentsLink")}</Link>
        </Text>
      </Hush>
    </DoorPage>
  );
}
