import type { Visit } from "../../../../platform/http/visit.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { ActForm, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { Button, Details, Heading, LinkButton, PlainList, Row, Soft, Stack, Title } from "../../../../platform/ui/basics.tsx";
import { CareCard, type CareCardContent } from "../../../../platform/ui/care-card.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Below, Composer, Keepsake, RefreshingPart, Talk } from "../../../../platform/ui/talk.tsx";
import type { WaitPromise } from "../../rules.ts";
import type { Entry, Standing } from "../../types.ts";
import { say } from "../words.ts";
import { ParentEntry } from "./entry.tsx";
import { deliveredSentence, ParentStanding } from "./standing.tsx";

export type ConversationProps = {
  visit: Visit;
  assets: Assets;
  zone: string;
  standing: Standing;
  promise: WaitPromise | undefined;
  now: Instant;
  entries: readonly Entry[];
  care: CareCardContent;
  /** Her six words, while nobody is on duty: she will come back for the answer. */
  code: string | undefined;
  messageKey: string;
  problem?: string | undefined;
  typed?: string | undefined;
};

export function Conversation({ visit, assets, zone, standing, promise, now, entries, care, code, messageKey, problem, typed }: ConversationProps) {
  const { language } = visit;
  const t = say(language);
  const open = standing.endedAt === undefined;
  return (
    <Page visit={visit} assets={assets} title={t("conversationTitle")} scripts={["live", "conversation"]}>
      <Stack>
        {problem ? <ErrorSummary language={language} problems={[["words", problem]]} /> : null}
        <Title small>{t("conversationTitle")}</Title>
        {standing.saidDanger && open ? (
          <Stack gap={8}>
            <CareCard {...care} />
            <Soft>{t("dangerFirst")}</Soft>
          </Stack>
        ) : null}
        <ParentStanding standing={standing} promise={promise} language={language} zone={zone} now={now} />
        {code ? (
          <Keepsake id="six-words" label={t("wordsWhileClosed")}>
            {code}
          </Keepsake>
        ) : null}
        <Talk label={t("entriesLabel")}>
          {entries.map((entry) => (
            <ParentEntry key={entry.seq} entry={entry} language={language} zone={zone} />
          ))}
        </Talk>
        <Below delivered={deliveredSentence(standing, lastOwn(entries), language)} sending={t("sendingKept")} />
        {open ? (
          <>
            <RefreshingPart title={t("newWords")} src={`/conversation/new/${standing.lastSeq}`} hint={t("newWordsHint")} />
            <LiveSource src={`/conversation/stream?after=${standing.lastSeq}`} />
            <Composer
              action="/conversation/messages"
              of={standing.id}
              writing="/conversation/writing"
              shown="/conversation/shown"
              label={t("yourMessage")}
              hint={t("sendHint")}
              send={t("send")}
              idempotencyKey={messageKey}
              words={{ failed: t("sendFailed"), empty: t("messageEmpty") }}
              problem={problem}
              typed={typed}
            />
          </>
        ) : (
          <Helped language={language} />
        )}
        <Menu language={language} open={open} />
      </Stack>
    </Page>
  );
}

const lastOwn = (entries: readonly Entry[]): number => entries.findLast(({ author, kind }) => author === "parent" && kind === "message")?.seq ?? 0;

function Helped({ language }: { language: Visit["language"] }) {
  const t = say(language);
  return (
    <Form action="/conversation/helped">
      <Heading>{t("helpedTitle")}</Heading>
      <Soft>{t("helpedText")}</Soft>
      <Row>
        <Button tone="plain" name="helped" value="yes">
          {t("helpedYes")}
        </Button>
        <Button tone="plain" name="helped" value="some">
          {t("helpedSome")}
        </Button>
        <Button tone="plain" name="helped" value="no">
          {t("helpedNo")}
        </Button>
      </Row>
    </Form>
  );
}

function Menu({ language, open }: { language: Visit["language"]; open: boolean }) {
  const t = say(language);
  return (
    <Details summary={t("menu")}>
      <PlainList>
        <li>
          <LinkButton href="/conversation/keep" tone="plain" icon="key">
            {t("keepOpen")}
          </LinkButton>
        </li>
        <li>
          <LinkButton href="/conversation/call-back" tone="plain" icon="phone">
            {t("askCallBack")}
          </LinkButton>
        </li>
        {open ? (
          <li>
            <ActForm action="/conversation/end">
              <Button tone="plain" icon="check">
                {t("endIt")}
              </Button>
            </ActForm>
            <Soft>{t("endItText")}</Soft>
          </li>
        ) : (
          <li>
            <LinkButton href="/message" tone="plain" icon="message">
              {t("startAnother")}
            </LinkButton>
          </li>
        )}
        <li>
          <ActForm action="/conversation/leave">
            <Button tone="plain" icon="exit">
              {t("leaveDevice")}
            </Button>
          </ActForm>
          <Soft>{t("leaveDeviceHint")}</Soft>
        </li>
        <li>
          <LinkButton href="/conversation/erase" tone="plain" icon="trash">
            {t("deleteIt")}
          </LinkButton>
        </li>
      </PlainList>
    </Details>
  );
}
