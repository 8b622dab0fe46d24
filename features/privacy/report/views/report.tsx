import type { VNode } from "preact";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Bullets, Button, Card, Heading, Lead, Link, LinkButton, Num, Row, Said, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { receiversIn } from "../../in-words/rules.ts";
import { dataClasses } from "../../rules.ts";
import type { Clocks } from "../../types.ts";
import { say } from "../../words.ts";
import type { Held, Opened } from "../queries.ts";

type Of = "place" | "account" | "conversation";
type Props = { visit: Visit; assets: Assets; held: Held; clocks: Clocks; /** What she asks about. */ of: Of; seen: VNode | undefined };

/** What is held of her, class by class: how much, from whom, for what, who may see it, how long; then who looked, and what she can do. */
export function Report({ visit, assets, held, clocks, of, seen }: Props) {
  const { language } = visit;
  const t = say(language);
  return (
    <Page visit={visit} assets={assets} title={t("reportTitle")}>
      <Stack gap={24}>
        <Stack gap={8}>
          <Title>{t("reportTitle")}</Title>
          <Lead>{t(`reportLead_${of}`)}</Lead>
        </Stack>
        {held.map(({ id, rows }) => {
          const { from, receivers } = dataClasses[id];
          return (
            <Card key={id}>
              <Heading>{t(`name_${id}`)}</Heading>
              <Text>{t(`what_${id}`)}</Text>
              <Said
                rows={[
                  [t("rowHeld"), <Num>{t("rowsHeld", { rows })}</Num>],
                  [t("rowFrom"), t(`from_${from}`)],
                  [t("rowWhy"), t(`why_${id}`)],
                  [t("rowWho"), receiversIn(language, receivers)],
                  [t("rowKept"), <Num>{t(`kept_${id}`, clocks)}</Num>],
                ]}
              />
              {id === "notices" ? (
                <Text>
                  <Link href="/privacy/notices">{t("toldReadAgain")}</Link>
                </Text>
              ) : null}
            </Card>
          );
        })}
        {seen ? (
          <Card>
            <Heading>{t("seenTitle")}</Heading>
            {seen}
          </Card>
        ) : null}
        <Text>{t(of === "conversation" ? "givenNone" : "givenByConsent")}</Text>
        <Acts of={of} language={language} />
        <Text>
          <Link href="/privacy">{t("title")}</Link>
        </Text>
      </Stack>
    </Page>
  );
}

/** Of a place in the community: what was looked at stands on a page of its own. */
export function SeenBy({ language, looks }: { language: Language; looks: number }) {
  const t = say(language);
  return (
    <Text>
      <Num>{t("seenLooks", { looks })}</Num> <Link href="/safety/looks">{t("seenMore")}</Link>
    </Text>
  );
}

/** Of a conversation: each person of ours who opened or changed something of it. */
export function OpenedBy({ language, opened, zone }: { language: Language; opened: readonly Opened[]; zone: string }) {
  const t = say(language);
  const time = (at: Opened["first"]) => dayAndTime(at, zone, language);
  return opened.length === 0 ? (
    <Text>{t("openedNone")}</Text>
  ) : (
    <Bullets>
      {opened.map(({ name, first, last, times }) => (
        <li key={`${name}${first.toString()}`}>
          <Num>{t(times === 1 ? "openedOnce" : "openedOften", { name: name ?? t("openedProgram"), first: time(first), last: time(last), times })}</Num>
        </li>
      ))}
    </Bullets>
  );
}

function Acts({ of, language }: { of: Of; language: Language }) {
  const t = say(language);
  if (of === "account") return <LinkButton href="/account">{t("reportAccount")}</LinkButton>;
  if (of === "conversation")
    return (
      <Row>
        <LinkButton href="/conversation">{t("reportConversation")}</LinkButton>
        <LinkButton href="/conversation/erase" tone="plain">
          {t("rightTalkErase")}
        </LinkButton>
      </Row>
    );
  return (
    <Row>
      <ActForm action="/community/export">
        <Button>{t("reportCopy")}</Button>
      </ActForm>
      <LinkButton href="/community/mine" tone="plain">
        {t("rightMine")}
      </LinkButton>
      <LinkButton href="/community/consents" tone="plain">
        {t("rightConsents")}
      </LinkButton>
      <LinkButton href="/community/leave" tone="plain">
        {t("rightLeave")}
      </LinkButton>
    </Row>
  );
}
