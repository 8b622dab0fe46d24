import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import { dayAndTime, zoneName, type Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Details, Heading, Lead, Link, LinkButton, Notice, Num, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Check, ErrorSummary, Field, Form } from "../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../platform/ui/keys.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Rules } from "../../find/views/group.tsx";
import { noticeOf, roomWords } from "../../find/views/meeting.tsx";
import { untilInWords } from "../../series/in-words/rules.ts";
import type { Meeting } from "../../types.ts";
import { say } from "../../words.ts";
import { longestAlias, type SeatRefusal } from "../rules.ts";

/** Which ways out there are from this network. */
export type Ways = { readonly email: boolean; readonly text: boolean };

type Props = { visit: Visit; assets: Assets; meeting: Meeting; zone: string; now: Instant; alias: string; /** Of the seat to be: sent twice, it is one. */ formKey: string; linkedData: object; ways: Ways; refused?: SeatRefusal | undefined; problems?: Problems | undefined; typed?: Typed | undefined };

/** One meeting, and all that a seat needs: a name of her choice. */
export function Save({ visit, assets, meeting, zone, now, alias, formKey, linkedData, ways, refused, problems = {}, typed }: Props) {
  const { language } = visit;
  const t = say(language);
  const { series, session, count } = meeting;
  const room = roomWords(count, language);
  const notice = noticeOf(meeting, zone, language);
  const open = !session.cancelledAt && !refused;
  const title = t(room.free ? "saveTitle" : "waitTitle");
  return (
    <Page visit={visit} assets={assets} title={title} under="groups" linkedData={linkedData}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{title}</Title>
          <Lead>
            <Link href={`/groups/${series.id}`}>{series.kind.name[language]}</Link>
          </Lead>
          <Text>
            <Num>{`${dayAndTime(session.starts, zone, language)}, ${zoneName(zone, language, session.starts)} (${untilInWords(now, session.starts, language)})`}</Num>
          </Text>
          <Soft>{room.words}</Soft>
        </Stack>
        {refused ? <Notice tone="attention">{t(`refused_${refused}`)}</Notice> : notice ? <Notice>{notice}</Notice> : null}
        <ErrorSummary language={language} problems={Object.entries(problems).map(([field, key]) => [field, t(key as "problemAlias")] as const)} />
        {open ? (
          <Form action={`/groups/meetings/${session.id}`}>
            <Carried name="key" value={formKey} />
            <Field name="alias" label={t("aliasLabel")} hint={t("aliasHint")} value={alias} typed={typed} problem={problems["alias"] && t(problems["alias"] as "problemAlias")} maxLength={longestAlias} />
            <Reach {...{ language, ways, problems, typed }} />
            <Button icon="group" big>
              {title}
            </Button>
          </Form>
        ) : (
          <LinkButton href="/groups" icon="group" big>
            {t("allGroups")}
          </LinkButton>
        )}
        <Heading>{t("rules")}</Heading>
        <Rules language={language} />
        <Soft>{t("privacyLine")}</Soft>
      </Stack>
    </Page>
  );
}

type ReachProps = { language: Visit["language"]; ways: Ways; problems: Problems; typed: Typed | undefined; nextDay?: boolean; /** The way that she left does not reach her. */ open?: boolean };

/** How she hears of changes: all of it may be left out. */
export function Reach({ language, ways, problems, typed, nextDay, open }: ReachProps) {
  const t = say(language);
  const problem = (field: string) => (problems[field] ? t(problems[field] as "problemEmail") : undefined);
  if (!ways.email && !ways.text) return <Soft>{t("noLetters")}</Soft>;
  return (
    <Details summary={t("remindOpen")} open={open === true || problem("email") !== undefined || problem("phone") !== undefined}>
      <Soft>{t("remindHint")}</Soft>
      {ways.email ? <Field name="email" type="email" label={t("email")} typed={typed} problem={problem("email")} autocomplete="email" /> : null}
      {ways.text ? <Field name="phone" type="tel" label={t("phone")} typed={typed} problem={problem("phone")} autocomplete="tel" /> : null}
      <Check name="nextDay" label={t("nextDay")} checked={typed ? typed["nextDay"] !== undefined : nextDay === true} />
    </Details>
  );
}
