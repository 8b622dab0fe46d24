import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, LinkButton, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { Choices, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

type Props = { visit: Visit; assets: Assets; member: SignedIn; at: string; messageKey: string; lines: readonly { readonly name: string; readonly contact: string }[] };

/** Naming a line from the list: it is written into the conversation and counted. */
export function Referral({ visit, assets, member, at, messageKey, lines }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("referTitle")} menu={<DeskMenu language={visit.language} roles={member.roles} current="desk" />}>
      <Stack gap={24}>
        <Title>{t("referTitle")}</Title>
        <Soft>{t("referHint")}</Soft>
        <Form action={`${at}/referral`}>
          <input type="hidden" name="key" value={messageKey} />
          <Choices name="line" label={t("refer")} choices={lines.map(({ name, contact }) => [name, name, contact] as const)} />
          <Button icon="send">{t("referDo")}</Button>
        </Form>
        <LinkButton href="/find" tone="plain" icon="search">
          {t("referFind")}
        </LinkButton>
        <LinkButton href={at} tone="quiet" icon="back">
          {t("conversationTitle")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
