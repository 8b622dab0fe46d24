import type { Problems } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Button, Card, Heading, Lead, LinkButton, Notice, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { say, type CommunityKey } from "../../words.ts";
import { waysToLeave, type WayToLeave } from "../rules.ts";

type Props = { visit: Visit; assets: Assets };

/** Two ways out, in plain words. */
export function LeavePage({ visit, assets }: Props) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("leaveTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("leaveTitle")}</Title>
          <Lead>{t("leaveLead")}</Lead>
        </Stack>
        <ActForm action="/community/export">
          <Button tone="plain">{t("exportAll")}</Button>
        </ActForm>
        {waysToLeave.map((how) => (
          <Card key={how}>
            <Heading>{t(`leave_${how}`)}</Heading>
            <Text>{t(`leave_${how}_what`)}</Text>
            <LinkButton href={`/community/leave/${how}`} tone="plain">
              {t(`leave_${how}_choose`)}
            </LinkButton>
          </Card>
        ))}
        <LinkButton href="/community/spaces" big>
          {t("leaveNot")}
        </LinkButton>
      </Stack>
    </Page>
  );
}

/** Asked once more, with her six words. */
export function SurePage({ visit, assets, how, problems }: Props & { how: WayToLeave; problems: Problems }) {
  const t = say(visit.language);
  const problem = problems.words && t(problems.words as CommunityKey);
  return (
    <Page visit={visit} assets={assets} title={t(`leave_${how}`)}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t(`leave_${how}`)}</Title>
          <Lead>{t("leaveSure")}</Lead>
        </Stack>
        <ErrorSummary language={visit.language} problems={problem ? [["words", problem]] : []} />
        <Notice tone="attention">
          <Text>{t(`leave_${how}_what`)}</Text>
        </Notice>
        <Form action={`/community/leave/${how}`}>
          <Field name="words" type="password" reveal={visit.language} label={t("leaveWords")} hint={t("leaveWordsHint")} autocomplete="current-password" problem={problem} required />
          <Button>{t(`leave_${how}_now`)}</Button>
        </Form>
        <LinkButton href="/community/spaces" tone="plain" big>
          {t("leaveNot")}
        </LinkButton>
      </Stack>
    </Page>
  );
}

/** Outside: what is gone, and what stays. */
export function LeftPage({ visit, assets, how }: Props & { how: WayToLeave }) {
  const t = say(visit.language);
  return (
    <Page visit={visit} assets={assets} title={t("leftTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("leftTitle")}</Title>
          <Lead>{t("leftLead")}</Lead>
        </Stack>
        <Card>
          <Heading>{t("leftGone")}</Heading>
          <Bullets>
            <li>{t(`left_${how}`)}</li>
            {(["leftGone1", "leftGone2", "leftGone3"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Card>
          <Heading>{t("leftStays")}</Heading>
          <Bullets>
            {(["leftStays1", "leftStays2", "leftStays3"] as const).map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </Bullets>
        </Card>
        <Soft>{t("leftDevice")}</Soft>
        <LinkButton href="/" tone="plain" big>
          {t("leftHome")}
        </LinkButton>
      </Stack>
    </Page>
  );
}
