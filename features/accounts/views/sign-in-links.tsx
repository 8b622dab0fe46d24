import { Button, Lead, LinkButton, Row, Soft } from "../../../platform/ui/basics.tsx";
import { Form } from "../../../platform/ui/fields.tsx";
import { DoorPage, OthersUseThis, words, type Frame } from "./frame.tsx";

/** After asking for a link: the same page whether or not anybody has the address. */
export function LinkSentPage({ at }: { at: Frame }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("linkSentTitle")}>
      <Lead>{t("linkSentLead")}</Lead>
      <Soft>{t("linkSentHint")}</Soft>
      <Row>
        <LinkButton href="/sign-in" tone="plain">
          {t("backToSignIn")}
        </LinkButton>
      </Row>
    </DoorPage>
  );
}

/** A link only shows this button: a mail scanner that opens it uses nothing up. */
export function OpenLinkPage({ at, name }: { at: Frame; name: string }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("openLinkTitle", { name })}>
      <Lead>{t("openLinkLead")}</Lead>
      <Form action="/sign-in/link">
        <OthersUseThis at={at} />
        <Button big icon="door">
          {t("openLink", { name })}
        </Button>
      </Form>
    </DoorPage>
  );
}

export function LinkOverPage({ at }: { at: Frame }) {
  const t = words(at);
  return (
    <DoorPage at={at} title={t("linkOverTitle")}>
      <Lead>{t("linkOverLead")}</Lead>
      <Row>
        <LinkButton href="/sign-in">{t("backToSignIn")}</LinkButton>
      </Row>
    </DoorPage>
  );
}
