import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Lead, Link, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Choices, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say } from "../words.ts";

type Props = { visit: Visit; assets: Assets; contactDays: number; problems?: Problems | undefined; typed?: Typed | undefined };

/** Where and how she may be reached, and what would harm her. */
export function CallBack({ visit, assets, contactDays, problems = {}, typed }: Props) {
  const t = say(visit.language);
  const problem = (name: string) => (problems[name] ? t(problems[name] as Parameters<typeof t>[0]) : undefined);
  return (
    <Page visit={visit} assets={assets} title={t("callBackTitle")}>
      <Stack gap={24}>
        <ErrorSummary language={visit.language} problems={Object.keys(problems).map((name) => [name, problem(name) ?? ""] as const)} />
        <Title>{t("callBackTitle")}</Title>
        <Lead>{t("callBackLead")}</Lead>
        <Form action="/conversation/call-back">
          <Choices
            name="way"
            label={t("callBackWay")}
            typed={typed}
            problem={problem("way")}
            choices={[
              ["text", t("wayText")],
              ["call", t("wayCall")],
              ["email", t("wayEmail")],
            ]}
          />
          <Field name="contact" label={t("contact")} hint={t("contactHint")} typed={typed} problem={problem("contact")} maxLength={120} />
          <Choices
            name="safeWay"
            label={t("safeWay")}
            hint={t("safeWayHint")}
            typed={typed}
            problem={problem("safeWay")}
            choices={[
              ["text_only", t("safeTextOnly")],
              ["may_name_us", t("safeMayName")],
              ["never_name_us", t("safeNeverName")],
            ]}
          />
          <Choices
            name="bestTime"
            label={t("bestTime")}
            typed={typed}
            value="any"
            choices={[
              ["any", t("timeAny")],
              ["morning", t("timeMorning")],
              ["afternoon", t("timeAfternoon")],
              ["evening", t("timeEvening")],
            ]}
          />
          <Button big icon="phone">
            {t("callBackSave")}
          </Button>
          <Soft>{t("callBackPrivacy", { days: contactDays })}</Soft>
        </Form>
        <Text>
          <Link href="/conversation">{t("conversationTitle")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}
