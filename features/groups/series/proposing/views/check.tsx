import type { Typed } from "../../../../../platform/http/form.ts";
import type { Instant } from "../../../../../platform/time/time.ts";
import { Button, Card, Heading, Lead, Title } from "../../../../../platform/ui/basics.tsx";
import { Form } from "../../../../../platform/ui/fields.tsx";
import { Carried } from "../../../../../platform/ui/keys.tsx";
import { FormColumn } from "../../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../../platform/ui/staff-page.tsx";
import type { GroupKind, Planned } from "../../../types.ts";
import type { Person, Proposal } from "../../types.ts";
import { About } from "../../views/about.tsx";
import { Dates } from "../../views/dates.tsx";
import { CarriedOn } from "../../views/mend.tsx";
import { say } from "../../words.ts";

type CheckProps = {
  readonly staffed: Staffed;
  readonly base: string;
  readonly proposal: Proposal;
  readonly kind: GroupKind;
  readonly facilitators: readonly Person[];
  readonly next: readonly Planned[];
  readonly typed: Typed;
  /** Of this proposal, so that pressing twice sends once. */
  readonly keyed: string;
  readonly now: Instant;
};

/** What was proposed, read back with its first dates, before it is sent. */
export function CheckPage({ staffed, base, proposal, kind, facilitators, next, typed, keyed, now }: CheckProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const { key: _before, ...rest } = typed;
  const carried = (
    <>
      <CarriedOn typed={rest} />
      <Carried name="key" value={keyed} />
    </>
  );
  return (
    <StaffPage staffed={staffed} title={t("checkTitle")} current="groups">
      <FormColumn>
        <Title>{t("checkTitle")}</Title>
        <Lead>{t("checkLead")}</Lead>
        <Card>
          <Heading>{t("whenItMeets")}</Heading>
          <Dates {...{ next, now, language }} plan={proposal.plan} />
        </Card>
        <Card>
          <Heading>{t("whatItIs")}</Heading>
          <About {...{ kind, facilitators, language, now }} of={proposal} />
        </Card>
        <Form action={base}>
          {carried}
          <Button icon="send">{t("sendProposal")}</Button>
        </Form>
        <Form action={`${base}/again`}>
          {carried}
          <Button tone="plain">{t("changeSomething")}</Button>
        </Form>
      </FormColumn>
    </StaffPage>
  );
}
