import type { Problems, Typed } from "../../../../platform/http/form.ts";
import { dayInWords } from "../../../../platform/time/time.ts";
import { Button, Heading, Lead, LinkButton, Num, PlainList, Preline, Soft, Stack, Strong, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Line } from "../../../../platform/ui/board.tsx";
import { ActForm, ErrorSummary, Form, Select } from "../../../../platform/ui/fields.tsx";
import { FormColumn } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { areaNames } from "../../areas/rules.ts";
import type { SeatOffer } from "../../areas/commands.ts";
import type { Area, Seat } from "../../areas/types.ts";
import { say } from "../words.ts";

type PlacesProps = {
  readonly staffed: Staffed;
  readonly seats: readonly Seat[];
  readonly areas: readonly Area[];
  readonly coordinators: readonly { readonly id: string; readonly name: string }[];
  readonly offers: readonly SeatOffer[];
  readonly problems?: Problems | undefined;
  readonly typed?: Typed | undefined;
};

/** Who looks after which place, and who offers to. */
export function Places({ staffed, seats, areas, coordinators, offers, problems, typed }: PlacesProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const areaNamed = areaNames(areas, language);
  const order = new Intl.Collator(language);
  const named = areas.map(({ id }) => [id, areaNamed(id)] as const).sort((a, b) => order.compare(a[1], b[1]));
  const problem = (field: string) => (problems?.[field] ? t(problems[field] as "seatUnknown") : undefined);
  return (
    <StaffPage staffed={staffed} title={t("placesTitle")} current="listings">
      <Stack gap={24}>
        <ErrorSummary language={language} problems={Object.entries(problems ?? {}).map(([field, key]) => [field, t(key as "seatUnknown")] as const)} />
        <Title>{t("placesTitle")}</Title>
        <Lead>{t("placesLead")}</Lead>
        <Heading>{t("offersTitle")}</Heading>
        {offers.length === 0 ? <Text>{t("offersEmpty")}</Text> : null}
        <PlainList label={t("offersTitle")}>
          {offers.map((offer) => (
            <Line
              key={offer.id}
              mark
              acts={
                <ActForm action={`/tend/areas/offers/${offer.id}/answer`}>
                  <Button tone="plain">{t("offerAnswered")}</Button>
                </ActForm>
              }
            >
              <Strong>{offer.name}</Strong>
              <Soft>
                <Num>{t("offerSince", { area: areaNamed(offer.area), day: dayInWords(offer.madeAt, staffed.member.zone, language) })}</Num>
              </Soft>
              <Text>
                {t("offerReach")} <Num>{offer.contact}</Num>
              </Text>
              {offer.why ? <Preline>{offer.why}</Preline> : null}
            </Line>
          ))}
        </PlainList>
        <Heading>{t("seatsTitle")}</Heading>
        {seats.length === 0 ? <Text>{t("placesEmpty")}</Text> : null}
        <PlainList label={t("seatsTitle")}>
          {seats.map(({ area, memberId, name, since }) => (
            <Line
              key={`${area} ${memberId}`}
              acts={
                <ActForm action="/tend/areas/end" fields={{ area, member: memberId }}>
                  <Button tone="quiet">
                    <span aria-hidden="true">{t("seatEnd")}</span>
                    <Unseen>{t("seatEndNamed", { name, area: areaNamed(area) })}</Unseen>
                  </Button>
                </ActForm>
              }
            >
              <Strong>{areaNamed(area)}</Strong>
              <Soft>
                {name} · <Num>{t("seatSince", { day: dayInWords(since, staffed.member.zone, language) })}</Num>
              </Soft>
            </Line>
          ))}
        </PlainList>
        <Heading>{t("seatGive")}</Heading>
        <FormColumn>
          <Form action="/tend/areas">
            <Select name="area" label={t("seatArea")} choices={[["", "–"], ...named]} typed={typed} problem={problem("area")} />
            <Select name="member" label={t("seatWho")} choices={coordinators.map(({ id, name }) => [id, name])} typed={typed} problem={problem("member")} />
            <Button tone="plain">{t("seatGive")}</Button>
          </Form>
        </FormColumn>
        <LinkButton href="/tend/areas/parts" tone="plain">
          {t("parts")}
        </LinkButton>
        <LinkButton href="/tend" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}
