import { Button, Details, Notice, Num, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { ActForm, Choices, Form } from "../../../../../platform/ui/fields.tsx";
import { dayAndTime } from "../../../../../platform/time/time.ts";
import { may } from "../../../policy.ts";
import { disclosureReasons } from "../../types.ts";
import { say, type OnCallKey } from "../../words.ts";
import type { ShownDisclosure } from "../queries.ts";
import type { PageScreenProps } from "./page.tsx";

/** Help from outside without her yes: one asks, another agrees, and both names stand here. */
export function Disclosures(props: PageScreenProps) {
  const { staffed: { visit: { language }, member }, page, problems = {}, typed } = props;
  const t = say(language);
  const left = disclosureReasons.filter((reason) => !page.disclosures.some((one) => one.reason === reason));
  const asks = !page.closedAt && left.length > 0 && may("askForDisclosure", member.roles, page.standing);
  return (
    <Details summary={t("discloseTitle")} open={page.disclosures.length > 0 || problems["reason"] !== undefined}>
      <Text>{t("discloseText")}</Text>
      <Text>
        <Strong>{t("discloseNobodyCalled")}</Strong>
      </Text>
      {page.disclosures.map((disclosure) => (
        <OneDisclosure key={disclosure.id} {...props} disclosure={disclosure} />
      ))}
      {asks ? (
        <Form action={`/safety/pages/${page.id}/disclosures`}>
          <Choices name="reason" label={t("discloseReason")} problem={problems["reason"] ? t(problems["reason"] as OnCallKey) : undefined} typed={typed} choices={left.map((reason) => [reason, t(`disclose_${reason}`)] as const)} />
          <Button tone="plain">{t("discloseAsk")}</Button>
        </Form>
      ) : null}
    </Details>
  );
}

function OneDisclosure({ staffed: { visit: { language }, member }, page, disclosure }: PageScreenProps & { readonly disclosure: ShownDisclosure }) {
  const t = say(language);
  const time = (at: ShownDisclosure["askedAt"]) => dayAndTime(at, member.zone, language);
  const mayAgree = !page.closedAt && !disclosure.agreedAt && disclosure.askedBy !== member.memberId && may("agreeToDisclosure", member.roles, page.standing);
  return (
    <Notice tone={disclosure.agreedAt ? "done" : "attention"}>
      <Stack gap={8}>
        <Num>{t("discloseAsked", { reason: t(`disclose_${disclosure.reason}`), name: disclosure.askedByName, time: time(disclosure.askedAt) })}</Num>
        {disclosure.agreedAt ? <Text>{t("discloseAgreed", { name: disclosure.agreedByName ?? "", time: time(disclosure.agreedAt) })}</Text> : <Text>{t("discloseWaits")}</Text>}
        {mayAgree ? (
          <ActForm action={`/safety/pages/${page.id}/disclosures/${disclosure.id}/agree`}>
            <Button tone="plain">{t("discloseAgree")}</Button>
          </ActForm>
        ) : null}
      </Stack>
    </Notice>
  );
}
