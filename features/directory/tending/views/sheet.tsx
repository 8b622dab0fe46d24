import type { Problems, Typed } from "../../../../platform/http/form.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { dayInWords, type Instant } from "../../../../platform/time/time.ts";
import { Bullets, Button, Heading, Hush, Lead, LinkButton, Notice, Num, PlainList, Preline, Row, Soft, Stack, Strong, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Line, ReachLink } from "../../../../platform/ui/board.tsx";
import { FactLines, SourcedFacts } from "../../../../platform/ui/listing-page.tsx";
import { Choices, ErrorSummary, Field as Input, Form } from "../../../../platform/ui/fields.tsx";
import { ReadBetween } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { telTo } from "../../finder/in-words/rules.ts";
import { useOf } from "../../listing/rules.ts";
import type { Phone, ServiceParts } from "../../listing/types.ts";
import type { ReadReport } from "../../reports/types.ts";
import { daysOf } from "../../claims/rules.ts";
import { fields, type Claim, type Field } from "../../types.ts";
import { callOutcomes, hearable, unsafeAnswers, type CallOutcome } from "../forms.ts";
import type { OwnerNow } from "../../renewal/asking/types.ts";
import type { Conflict } from "../conflicts/types.ts";
import { ConflictGone, Conflicts } from "../conflicts/views/conflicts.tsx";
import { LetterPart } from "../letters/views/letter.tsx";
import { readOut } from "../in-words/rules.ts";
import { numberKey, numbersOf } from "../rules.ts";
import { say } from "../words.ts";

export type SheetProps = {
  readonly staffed: Staffed;
  readonly service: ServiceParts;
  readonly reports: readonly ReadReport[];
  readonly calls: readonly { readonly at: Instant; readonly outcome: CallOutcome; readonly by: string | undefined }[];
  /** Where its source says something else than somebody here; and whether what she decided just now was decided before. */
  readonly conflicts: readonly Conflict[];
  readonly conflictGone: boolean;
  readonly network: string;
  readonly now: Instant;
  /** Who keeps it, and whether she may be asked by letter; undefined where it is listed no more. */
  readonly owner: OwnerNow | undefined;
  /** What came of asking her just now. */
  readonly letter: string | undefined;
  /** False: an emergency number, which nobody rings to try it. */
  readonly ring: boolean;
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** One call: whom to ring, what to say, what we show, and how it went. */
export function CallSheet({ staffed, service, reports, calls, conflicts, conflictGone, network, now, owner, letter, ring, problems, typed }: SheetProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const known = readOut(service, language, now);
  const claimOf = (field: Field) => service.claims.find((claim) => claim.field === field);
  const numbers = numbersOf(service);
  return (
    <StaffPage staffed={staffed} title={t("sheetTitle", { name: service.name })} current="listings">
      <Stack gap={24}>
        <ErrorSummary language={language} problems={Object.entries(problems ?? {}).map(([field, key]) => [field, t(key as "waitWrong")] as const)} />
        {conflictGone ? <ConflictGone language={language} /> : null}
        <Title small>{t("sheetTitle", { name: service.name })}</Title>
        <Lead>{t("sheetLead")}</Lead>
        <ReadBetween>
          <Stack gap={24}>
            {ring ? (
              <Ringing {...{ service, numbers, network, language }} member={staffed.member.name} />
            ) : (
              <Notice tone="attention">
                <Strong>{t("neverRing")}</Strong>
                <Text>{t("neverRingDo")}</Text>
              </Notice>
            )}
          </Stack>
          <Stack gap={24}>
            {reports.length > 0 ? <Reported {...{ reports, language, zone: staffed.member.zone }} /> : null}
            {conflicts.length > 0 ? <Conflicts id={service.id} {...{ conflicts, known, language }} /> : null}
            <Heading>{t("known")}</Heading>
            <SourcedFacts facts={fields.filter((field) => known[field].length > 0).map((field) => ({ name: t(`field_${field}`), value: <FactLines lines={known[field]} />, by: saidText(claimOf(field), language, staffed.member.zone) }))} />
            <LinkButton href={`/tend/${service.id}/mend`} tone="plain" icon="note">
              {t("mendOpen")}
            </LinkButton>
          </Stack>
          <Stack gap={24}>
            <OutcomeForm {...{ service, numbers, reports, language, problems, typed }} />
            <LetterPart id={service.id} {...{ owner, letter, language }} zone={staffed.member.zone} />
            <Heading>{t("callsTitle")}</Heading>
            {calls.length === 0 ? (
              <Soft>{t("callsEmpty")}</Soft>
            ) : (
              <PlainList label={t("callsTitle")}>
                {calls.map(({ at, outcome, by }) => (
                  <Line key={at.toString()}>
                    <Strong>{t(`out_${outcome}`)}</Strong>
                    <Soft>{[dayInWords(at, staffed.member.zone, language), by].filter(Boolean).join(" · ")}</Soft>
                  </Line>
                ))}
              </PlainList>
            )}
          </Stack>
        </ReadBetween>
        <Row>
          <LinkButton href="/tend" tone="quiet" icon="back">
            {t("back")}
          </LinkButton>
          <LinkButton href={`/listings/${service.places[0]?.id ?? service.id}`} tone="quiet" icon="eye">
            {t("toListing")}
          </LinkButton>
        </Row>
      </Stack>
    </StaffPage>
  );
}

function Ringing({ service, numbers, network, language, member }: { service: ServiceParts; numbers: readonly Phone[]; network: string; language: Language; member: string }) {
  const t = say(language);
  return (
    <>
      {service.kind === "crisis_line" ? (
        <Notice>
          <Text>{t("crisisFirst")}</Text>
        </Notice>
      ) : null}
      {numbers.length > 0 ? numbers.map((phone) => <Number key={`${phone.number} ${phone.type ?? ""}`} phone={phone} language={language} />) : <Text>{t("noNumber")}</Text>}
      <Hush>
        <Heading>{t("scriptTitle")}</Heading>
        <Bullets>
          <li>{t("script1", { member, network })}</li>
          <li>{t("script2")}</li>
          {service.kind === "crisis_line" ? null : <li>{t("script3")}</li>}
          <li>{t("script4")}</li>
          <li>{t("script5", { days: daysOf(service.kind, "contact") })}</li>
        </Bullets>
      </Hush>
    </>
  );
}

const shownOf = ({ number, extension }: Phone): string => (extension ? `${number} x${extension}` : number);

function Number({ phone, language }: { phone: Phone; language: Language }) {
  const t = say(language);
  const { extension, dial } = phone;
  const use = useOf(phone);
  const shown = shownOf(phone);
  if (!dial) return <Num>{shown}</Num>;
  return <ReachLink href={telTo(dial, extension)} icon={use === "text" ? "text" : "phone"} act={t(use === "text" ? "ringText" : use === "fax" ? "ringFax" : "ring")} shown={shown} />;
}

/** Who stands for it and since when; or whose word it is, that nobody has checked. */
function saidText(claim: Claim | undefined, language: Language, zone: string): string {
  const t = say(language);
  if (!claim) return "";
  return claim.verifiedAt && claim.verifiedRole ? t(`checkedBy_${claim.verifiedRole}`, { day: dayInWords(claim.verifiedAt, zone, language) }) : t("unchecked", { source: claim.source, day: dayInWords(claim.statedAt, zone, language) });
}

function Reported({ reports, language, zone }: { reports: readonly ReadReport[]; language: Language; zone: string }) {
  const t = say(language);
  return (
    <>
      <Heading>{t("reportsTitle")}</Heading>
      <PlainList label={t("reportsTitle")}>
        {reports.map(({ kind, madeAt, note }) => (
          <Line key={`${kind} ${madeAt.toString()}`} mark={kind === "unsafe"}>
            <Strong>{t(`kind_${kind}`)}</Strong>
            <Soft>
              <Num>{dayInWords(madeAt, zone, language)}</Num>
            </Soft>
            {note ? (
              <>
                <Soft>{t("reportNote")}</Soft>
                <Preline>{note}</Preline>
              </>
            ) : null}
          </Line>
        ))}
      </PlainList>
    </>
  );
}

function OutcomeForm({ service, numbers, reports, language, problems, typed }: Pick<SheetProps, "service" | "reports"> & { numbers: readonly Phone[]; language: Language; problems: Problems | undefined; typed: Typed | undefined }) {
  const t = say(language);
  const problem = (field: string) => (problems?.[field] ? t(problems[field] as "waitWrong") : undefined);
  const said = hearable.filter((field) => service.claims.some((claim) => claim.field === field));
  const hasRoom = service.kind === "provider" || service.kind === "group" || service.kind === "resource";
  return (
    <Form action={`/tend/${service.id}/call`}>
      <Choices name="outcome" label={t("outcomeTitle")} choices={callOutcomes.map((outcome) => [outcome, t(`out_${outcome}`)])} typed={typed} problem={problem("outcome")} />
      {numbers.length > 1 ? (
        <Choices name="number" label={t("numberTitle")} hint={t("numberHint")} choices={numbers.map((phone) => [numberKey(phone), shownOf(phone)])} typed={typed} problem={problem("number")} />
      ) : null}
      <Choices several name="confirmed" label={t("confirmTitle")} hint={t("confirmHint")} choices={said.map((field) => [field, t(`field_${field}`)])} typed={typed} problem={problem("confirmed")} />
      {hasRoom ? (
        <>
          <Choices name="accepting" label={t("acceptingTitle")} choices={(["yes", "waitlist", "no", "unasked"] as const).map((answer) => [answer, t(`acc_${answer}`)])} typed={typed} value="unasked" />
          <Input name="waitDays" label={t("waitTitle")} hint={t("waitHint")} inputmode="numeric" typed={typed} problem={problem("waitDays")} maxLength={3} />
        </>
      ) : null}
      {reports.some(({ kind }) => kind === "unsafe") ? (
        <Choices name="unsafe" label={t("unsafeTitle")} hint={t("unsafeHint")} choices={unsafeAnswers.map((answer) => [answer, t(`unsafe_${answer}`)])} typed={typed} value="open" />
      ) : null}
      <Button icon="check">{t("save")}</Button>
    </Form>
  );
}
