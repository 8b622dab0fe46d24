import { languages, ownName } from "../../../../../platform/i18n/words.ts";
import { typedText } from "../../../../../platform/http/form.ts";
import { Button, Heading, Lead, LinkButton, Title } from "../../../../../platform/ui/basics.tsx";
import { Area, Check, Choices, Field, Form, Select } from "../../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../../platform/ui/keys.tsx";
import { FieldRow, FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import { cameras, rooms, type GroupKind } from "../../../types.ts";
import type { Facilitator, Kept } from "../../types.ts";
import { mend, ToMend, type Again } from "../../views/mend.tsx";
import { PlanFields } from "../../views/plan-fields.tsx";
import { say } from "../../words.ts";
import { namesBoth } from "../rules.ts";

type ProposeProps = Again & {
  readonly staffed: Staffed;
  /** Where the form goes: a new proposal, or one that is sent again. */
  readonly base: string;
  readonly kept: Kept | undefined;
  readonly kinds: readonly GroupKind[];
  readonly staff: readonly Facilitator[];
};

/** A group that somebody would like to lead, or to have: what it is, when it meets, who leads it. */
export function ProposePage({ staffed, base, kept, kinds, staff, problems, typed }: ProposeProps) {
  const { visit: { language }, member } = staffed;
  const t = say(language);
  const problem = mend(language, problems);
  const key = typedText(typed, "key");
  const title = t(kept ? "proposeAgainTitle" : "proposeTitle");
  return (
    <StaffPage staffed={staffed} title={title} current="groups">
      <FormColumn>
        <ToMend {...{ language, problems }} />
        <Title>{title}</Title>
        <Lead>{t("proposeLead")}</Lead>
        <Form action={`${base}/check`}>
          {key ? <Carried name="key" value={key} /> : null}
          <Heading>{t("partWhat")}</Heading>
          <Select name="kind" label={t("kind")} problem={problem("kind")} typed={typed} choices={[["", "–"], ...kinds.map(({ id, name }) => [id, name[language]] as const)]} />
          <Choices name="language" label={t("spoken")} problem={problem("language")} typed={typed} value={language} choices={languages.map((one) => [one, ownName[one]] as const)} />
          <Area name="about" label={t("about")} hint={t("aboutHint")} problem={problem("about")} typed={typed} rows={5} />
          <Check name="partners" label={t("partnersMay")} checked={typed ? typedText(typed, "partners") === "yes" : true} />
          <Heading>{t("partWhen")}</Heading>
          <PlanFields {...{ language, problems, typed }} zone={member.zone} />
          <Heading>{t("partRoom")}</Heading>
          <Field name="seats" type="number" inputmode="numeric" label={t("seats")} hint={t("seatsHint")} problem={problem("seats")} typed={typed} value="6" min={2} max={16} required />
          <Choices name="camera" label={t("camera")} problem={problem("camera")} typed={typed} value="welcome" choices={cameras.map((one) => [one, t(`camera_${one}`), t(`camera_${one}Hint`)] as const)} />
          <Choices name="room" label={t("room")} problem={problem("room")} typed={typed} value="embedded" choices={rooms.map((one) => [one, t(`room_${one}`), t(`room_${one}Hint`)] as const)} />
          <Field name="address" type="url" label={t("address")} hint={t(kept?.hasAddress ? "addressHintKept" : "addressHint")} problem={problem("address")} typed={typed} maxLength={500} />
          <Heading>{t("partWho")}</Heading>
          <Pair {...{ staffed, staff, problems, typed }} />
          <Button>{t("toCheck")}</Button>
        </Form>
        <LinkButton href={kept ? `/evenings/series/${kept.series.id}` : "/evenings"} tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </FormColumn>
    </StaffPage>
  );
}

function Pair({ staffed: { visit: { language }, member }, staff, problems, typed }: Pick<ProposeProps, "staffed" | "staff" | "problems" | "typed">) {
  const t = say(language);
  const problem = mend(language, problems);
  const choices = (others: readonly Facilitator[]) => [["", t("nobodyYet")] as const, ...others.map(({ id, name, trainedOn }) => [id, trainedOn ? name : t("notTrained", { name })] as const)];
  if (!namesBoth(member)) return <Select name="second" label={t("second")} hint={t("secondHint")} problem={problem("second")} typed={typed} choices={choices(staff.filter(({ id }) => id !== member.memberId))} />;
  return (
    <FieldRow>
      <Select name="first" label={t("first")} problem={problem("first")} typed={typed} choices={choices(staff)} />
      <Select name="second" label={t("second")} problem={problem("second")} typed={typed} choices={choices(staff)} />
    </FieldRow>
  );
}
