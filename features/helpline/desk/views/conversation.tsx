import type { Typed } from "../../../../platform/http/form.ts";
import type { SignedIn } from "../../../../platform/http/scope.ts";
import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Columns, Details, Heading, Hush, LinkButton, Notice, PlainList, Row, Soft, Stack, Tag, Text, Title } from "../../../../platform/ui/basics.tsx";
import { DeskMenu } from "../../../../platform/ui/desk-menu.tsx";
import { ActForm, Area, ErrorSummary, Form } from "../../../../platform/ui/fields.tsx";
import { LiveSource } from "../../../../platform/ui/live.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { Below, Composer, PhraseButton, RefreshingPart, Talk } from "../../../../platform/ui/talk.tsx";
import type { Entry, Standing } from "../../types.ts";
import type { DeskFacts, Phrase } from "../queries.ts";
import { say } from "../words.ts";
import { DeskEntry } from "./entry.tsx";
import { DeskStanding } from "./standing.tsx";

export type DeskConversationProps = {
  visit: Visit;
  assets: Assets;
  member: SignedIn;
  holding: boolean;
  zone: string;
  standing: Standing;
  entries: readonly Entry[];
  facts: DeskFacts;
  phrases: readonly Phrase[];
  messageKey: string;
  noteKey: string;
  problem?: string | undefined;
  typed?: string | undefined;
  /** A private note that was not kept, as it was typed. */
  note?: { readonly problem: string; readonly typed: Typed } | undefined;
};

const stageKeys = { pregnant: "stagePregnant", after_birth: "stageAfterBirth", after_loss: "stageAfterLoss", other: "stageOther" } as const;

/** One conversation at the desk: what was said on one side, what helps on the other. */
export function DeskConversation(props: DeskConversationProps) {
  const { visit, assets, member, holding, zone, standing, entries, facts, messageKey, problem, typed, note } = props;
  const { language } = visit;
  const t = say(language);
  const at = `/desk/conversations/${standing.id}`;
  const open = standing.endedAt === undefined;
  return (
    <Page visit={visit} assets={assets} title={t("conversationTitle")} wide scripts={["live", "conversation"]} menu={<DeskMenu language={language} roles={member.roles} current="desk" />}>
      <Stack gap={16}>
        {problem ? <ErrorSummary language={language} problems={[["words", problem]]} /> : null}
        {note ? <ErrorSummary language={language} problems={[["note", note.problem]]} /> : null}
        <Row spread>
          <Title small>{facts.nickname ? t("parentNamed", { name: facts.nickname }) : t("conversationTitle")}</Title>
          <Row>
            <Tag>{t(standing.language === "es" ? "languageEs" : "languageEn")}</Tag>
            {facts.stage ? <Tag>{t(stageKeys[facts.stage as keyof typeof stageKeys])}</Tag> : null}
            {facts.about ? <Tag>{t(facts.about === "me" ? "aboutMe" : "aboutSomeoneElse")}</Tag> : null}
            {standing.risk ? <Tag tone="urgent">{t("risk")}</Tag> : null}
          </Row>
        </Row>
        <Columns>
          <Stack>
            <DeskStanding standing={standing} language={language} />
            <Talk label={t("conversationTitle")}>
              {entries.map((entry) => (
                <DeskEntry key={entry.seq} entry={entry} language={language} zone={zone} />
              ))}
            </Talk>
            <Below delivered="" sending={t("sendingKept")} />
            {open && holding ? (
              <>
                <RefreshingPart title={t("conversationTitle")} src={`${at}/new/${standing.lastSeq}`} hint="" />
                <Composer
                  action={`${at}/messages`}
                  of={standing.id}
                  writing={`${at}/writing`}
                  shown={`${at}/shown`}
                  label={t("yourMessage")}
                  hint={entries.some(({ kind, author }) => kind === "message" && author === "staff") ? "" : t("sendHint")}
                  send={t("send")}
                  idempotencyKey={messageKey}
                  words={{ failed: t("sendFailed"), empty: t("messageEmpty") }}
                  problem={problem}
                  typed={typed}
                />
              </>
            ) : null}
            <LiveSource src={`${at}/stream?after=${standing.lastSeq}`} />
          </Stack>
          <DeskTools {...props} at={at} open={open} />
        </Columns>
      </Stack>
    </Page>
  );
}

function DeskTools({ visit, holding, standing, facts, phrases, noteKey, note, member, at, open }: DeskConversationProps & { at: string; open: boolean }) {
  const t = say(visit.language);
  const supervises = member.roles.has("supervisor");
  return (
    <Stack>
      <Heading>{t("tools")}</Heading>
      {facts.callBackOpen ? (
        <Notice tone="attention">
          <Text>{t("callBackAsked")}</Text>
          <LinkButton href="/desk/call-backs" tone="plain" icon="phone">
            {t("toCallBacks")}
          </LinkButton>
        </Notice>
      ) : null}
      {open && (holding || supervises) ? (
        <LinkButton href={`${at}/concern`} tone="plain" icon="warning">
          {t(facts.concernOpen ? "concernOpen" : "concern")}
        </LinkButton>
      ) : null}
      {open && holding ? (
        <>
          <Details summary={t("phrases")}>
            {phrases.length === 0 ? <Soft>{t("phrasesEmpty")}</Soft> : null}
            <PlainList>
              {phrases.map((phrase) => (
                <li key={phrase.id}>
                  <Hush>
                    <Text>{phrase.text}</Text>
                    <PhraseButton text={phrase.text} label={`${t("usePhrase")}: ${phrase.title}`} />
                  </Hush>
                </li>
              ))}
            </PlainList>
          </Details>
          <Details summary={t("writeNote")} open={note !== undefined}>
            <Form action={`${at}/notes`}>
              <input type="hidden" name="key" value={noteKey} />
              <Area name="note" label={t("writeNote")} hint={t("noteHint")} rows={3} problem={note?.problem} typed={note?.typed} />
              <Button tone="plain" icon="note">
                {t("saveNote")}
              </Button>
            </Form>
          </Details>
          <LinkButton href={`${at}/referral`} tone="plain" icon="book">
            {t("refer")}
          </LinkButton>
          <LinkButton href={`${at}/handover`} tone="plain" icon="handover">
            {t("handover")}
          </LinkButton>
          {facts.supervisorAsked ? (
            <Card>
              <Soft>{t("invitedAlready")}</Soft>
            </Card>
          ) : (
            <ActForm action={`${at}/invitation`}>
              <Button tone="plain" icon="person">
                {t("inviteSupervisor")}
              </Button>
            </ActForm>
          )}
          <LinkButton href={`${at}/block`} tone="plain" icon="lock">
            {t("block")}
          </LinkButton>
          <LinkButton href={`${at}/close`} tone="plain" icon="check">
            {t("close")}
          </LinkButton>
        </>
      ) : null}
      {open && facts.beside ? (
        <ActForm action={`${at}/leave`}>
          <Button tone="plain" icon="exit">
            {t("leave")}
          </Button>
        </ActForm>
      ) : null}
      {open && !holding && supervises ? (
        <ActForm action={`${at}/join`}>
          <Button icon="door">{t("join")}</Button>
        </ActForm>
      ) : null}
      {!holding && supervises ? (
        <LinkButton href={`${at}/block`} tone="plain" icon="lock">
          {t("block")}
        </LinkButton>
      ) : null}
      {standing.endedAt && holding ? null : (
        <LinkButton href="/desk" tone="quiet" icon="back">
          {t("toDesk")}
        </LinkButton>
      )}
    </Stack>
  );
}
