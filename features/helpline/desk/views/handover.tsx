import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { ownName } from "../../../../platform/i18n/words.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, LinkButton, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { Area, Choices, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import type { Colleague } from "../queries.ts";
import { say } from "../words.ts";

type Props = { visit: Visit; assets: Assets; member: SignedIn; at: string; colleagues: readonly Colleague[]; problems?: Problems | undefined; typed?: Typed | undefined };

/** Handing over: to whom, and the note that must be written. */
export function Handover({ visit, assets, member, at, colleagues, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const list = new Intl.ListFormat(visit.language);
  const sentence = (name: string) => (problems[name] ? t(problems[name] as "refusedNoteMissing") : undefined);
  return (
    <Page visit={visit} assets={assets} title={t("handoverTitle")} menu={<DeskMenu language={visit.language} roles={member.roles} current="desk" />}>
      <Stack gap={24}>
        <ErrorSummary language={visit.language} problems={Object.keys(problems).map((name) => [name, sentence(name) ?? ""] as const)} />
        <Title>{t("handoverTitle")}</Title>
        <Form action={`${at}/handover`}>
          <Choices
            name="to"
            label={t("handoverTo")}
            typed={typed}
            value="queue"
            problem={sentence("to")}
            choices={[["queue", t("handoverQueue")], ...colleagues.map((one) => [one.id, t("handoverFree", { name: one.name, languages: list.format(one.languages.map((language) => ownName[language])) })] as const)]}
          />
          <Area name="note" label={t("handoverNote")} hint={t("handoverNoteHint")} typed={typed} problem={sentence("note")} rows={5} />
          <Button icon="handover">{t("handoverDo")}</Button>
        </Form>
        <LinkButton href={at} tone="quiet" icon="back">
          {t("conversationTitle")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
