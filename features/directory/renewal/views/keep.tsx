import type { Assets } from "../../../../platform/ui/assets.ts";
import { Button, Card, Details, Heading, Lead, Link, Notice, Row, Soft, Stack, Text, Title } from "../../../../platform/ui/basics.tsx";
import { ActForm, ErrorSummary, Form, Select } from "../../../../platform/ui/fields.tsx";
import { FactLines, SourcedFacts } from "../../../../platform/ui/listing-page.tsx";
import { Page } from "../../../../platform/ui/page.tsx";
import { waits } from "../forms.ts";
import { linesOf, saidText } from "../in-words/rules.ts";
import { takesParents } from "../rules.ts";
import type { OwnerAddress, OwnListing } from "../types.ts";
import { asKey, say } from "../words.ts";
import { ChangePart, ChangeParts } from "./changes.tsx";
import { AskingFields, WordsFields, type ChangeProps } from "./fields.tsx";

export type KeepProps = ChangeProps & {
  readonly assets: Assets;
  readonly contacts: readonly OwnerAddress[];
  /** Where the days beside the facts are meant. */
  readonly zone: string;
  readonly done?: string | undefined;
};

/** An owner's page: what parents see of her, one tap if it is right, and below it everything that may be wrong. */
export function Keep(props: KeepProps) {
  const { visit, assets, own, done, problems = {} } = props;
  const t = say(visit.language);
  const sentences = Object.entries(problems).map(([field, key]) => [field, t(asKey(key))] as const);
  return (
    <Page visit={visit} assets={assets} title={t("title")}>
      <Stack gap={24}>
        <ErrorSummary language={visit.language} problems={sentences} />
        {done ? (
          <Notice tone="done">
            <Text>{t(asKey(done))}</Text>
          </Notice>
        ) : null}
        <Title>{own.service.name}</Title>
        <Lead>{t(leadOf(own))}</Lead>
        <Shown {...props} />
        <MainAct {...props} />
        {takesParents(own.service.kind) ? <Room {...props} /> : null}
        <Changes {...props} />
      </Stack>
    </Page>
  );
}

function leadOf({ saidClosed, listed, service }: OwnListing): "leadClosed" | "leadGone" | "leadUnsafe" | "leadDoubt" | "leadHidden" | "lead" {
  if (saidClosed) return "leadClosed";
  if (service.status === "inactive" || service.status === "defunct") return "leadGone";
  if (service.awaySince) return "leadUnsafe";
  if (service.inDoubtSince) return "leadDoubt";
  return listed ? "lead" : "leadHidden";
}

/** Everything that stands on the listing, each with who said so. */
function Shown({ visit: { language }, own, zone }: KeepProps) {
  const t = say(language);
  return (
    <SourcedFacts facts={own.shown.map(({ field, claim }) => ({ name: t(`field_${field as "about"}`), value: <FactLines lines={linesOf(own, field, language)} />, by: saidText(claim, zone, language) }))} />
  );
}

function MainAct({ visit: { language }, own }: KeepProps) {
  const t = say(language);
  const { status } = own.service;
  if (status === "inactive" || status === "defunct") return null;
  if (own.saidClosed)
    return (
      <ActForm action="/keep/open">
        <Button big icon="check">
          {t("open")}
        </Button>
      </ActForm>
    );
  return (
    <Stack gap={8}>
      <ActForm action="/keep/right" fields={{ version: own.version }}>
        <Button big icon="check" id="right">
          {t("right")}
        </Button>
      </ActForm>
      <Soft>{t("rightHint")}</Soft>
    </Stack>
  );
}

function Room({ visit: { language }, own }: KeepProps) {
  const t = say(language);
  return (
    <Card label={t("roomTitle")}>
      <Heading>{t("roomTitle")}</Heading>
      <Text>{own.accepting ? t(`room_${own.accepting}`) : t("room_unknown")}</Text>
      <Form action="/keep/room">
        <Select name="wait" label={t("roomWait")} value={waits.find((days) => days === String(own.waitDays ?? "")) ?? ""} choices={waits.map((days) => [days, t(`wait_${days}`)] as const)} />
        <Row>
          <Button tone="plain" name="room" value="yes">
            {t("sayYes")}
          </Button>
          <Button tone="plain" name="room" value="no">
            {t("sayNo")}
          </Button>
          <Button tone="plain" name="room" value="waitlist">
            {t("sayWaitlist")}
          </Button>
        </Row>
      </Form>
    </Card>
  );
}

/** What may be wrong, each part a form of its own. */
function Changes({ contacts, visit, own, part, problems, typed }: KeepProps) {
  const { language } = visit;
  const t = say(language);
  const change = { visit, own, part, problems, typed };
  return (
    <Stack gap={16}>
      <Heading>{t("changeTitle")}</Heading>
      <ChangeParts at="/keep" {...change} />
      <ChangePart at="/keep" name="words" title={t("changeWords")} open={part === "words"} language={language}>
        <WordsFields {...change} />
      </ChangePart>
      {own.saidClosed ? null : (
        <Details summary={t("changeClosed")}>
          <Text>{t("closedText")}</Text>
          <ActForm action="/keep/closed">
            <Button tone="plain">{t("closedDo")}</Button>
          </ActForm>
        </Details>
      )}
      <ChangePart at="/keep" name="asking" title={t("changeAsking")} open={part === "asking"} language={language}>
        <AskingFields {...change} contacts={contacts} />
      </ChangePart>
      <Text>
        <Link href="/keep/stop">{t("askingStop")}</Link>
      </Text>
    </Stack>
  );
}
