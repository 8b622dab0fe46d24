import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Heading, LinkButton, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { Choices, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

/** A line or a listing, as the volunteer chooses it: `value` is what her choice sends. */
export type Resource = { readonly value: string; readonly name: string; readonly more: string };
/** What she looked for, and what there is. */
export type Looked = { readonly need: string; readonly place: string; readonly found: readonly Resource[] };

type Props = { visit: Visit; assets: Assets; member: SignedIn; at: string; messageKey: string; lines: readonly Resource[]; looked?: Looked | undefined };

/** Naming a line or a place near her: it is written into the conversation and counted. */
export function Referral({ visit, assets, member, at, messageKey, lines, looked }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("referTitle")} menu={<DeskMenu language={visit.language} roles={member.roles} current="desk" />}>
      <Stack gap={24}>
        <Title>{t("referTitle")}</Title>
        <Soft>{t("referHint")}</Soft>
        <Form action={`${at}/referral/find`}>
          <Field name="need" label={t("referNeed")} hint={t("referNeedHint")} value={looked?.need ?? ""} maxLength={120} />
          <Field name="place" label={t("referPlace")} value={looked?.place ?? ""} maxLength={80} />
          <Button icon="search" tone="plain">
            {t("referFind")}
          </Button>
        </Form>
        {looked ? <Found {...{ t, at, messageKey }} found={looked.found} /> : null}
        <Form action={`${at}/referral`}>
          <input type="hidden" name="key" value={messageKey} />
          <Choices name="line" label={t("referLines")} choices={lines.map(({ value, name, more }) => [value, name, more] as const)} />
          <Button icon="send" {...(looked ? { tone: "plain" as const } : {})}>
            {t("referDo")}
          </Button>
        </Form>
        <LinkButton href={at} tone="quiet" icon="back">
          {t("conversationTitle")}
        </LinkButton>
      </Stack>
    </Page>
  );
}

function Found({ t, at, messageKey, found }: { t: ReturnType<typeof say>; at: string; messageKey: string; found: readonly Resource[] }) {
  if (found.length === 0)
    return (
      <Stack gap={8}>
        <Heading>{t("referFound")}</Heading>
        <Soft>{t("referNothing")}</Soft>
      </Stack>
    );
  return (
    <Form action={`${at}/referral`}>
      <input type="hidden" name="key" value={messageKey} />
      <Choices name="listing" label={t("referFound")} choices={found.map(({ value, name, more }) => [value, name, more] as const)} />
      <Button icon="send">{t("referDo")}</Button>
    </Form>
  );
}
