import { Button, Columns, Heading, Lead, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Text, Title, Card } from "../../../../platform/ui/basics.tsx";
import { Form } from "../../../../platform/ui/fields.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { FactLines } from "../../../../platform/ui/listing-page.tsx";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import type { ServiceParts } from "../../listing/types.ts";
import { readOut } from "../in-words/rules.ts";
import type { Pair } from "../queries.ts";
import { say } from "../words.ts";

type DuplicatesProps = { readonly staffed: Staffed; readonly pairs: readonly (Pair & { readonly services: readonly [ServiceParts, ServiceParts] })[]; readonly count: number; readonly now: Instant; readonly refused?: boolean };

/** Two and two that look alike, side by side; a person decides. */
export function Duplicates({ staffed, pairs, count, now, refused }: DuplicatesProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("dupTitle")} current="listings">
      <Stack gap={24}>
        <Title>{t("dupTitle")}</Title>
        <Lead>{t("dupLead")}</Lead>
        {refused ? (
          <Notice tone="attention">
            <Text>{t("dupGone")}</Text>
          </Notice>
        ) : null}
        {pairs.length === 0 ? <Text>{t("dupEmpty")}</Text> : <Num>{t("duplicatesCount", { count })}</Num>}
        <PlainList label={t("dupTitle")}>
          {pairs.map((pair) => (
            <li key={pair.id}>
              <OnePair {...{ pair, language, now }} />
            </li>
          ))}
        </PlainList>
        <LinkButton href="/tend" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function OnePair({ pair, language, now }: { pair: DuplicatesProps["pairs"][number]; language: Language; now: Instant }) {
  const t = say(language);
  return (
    <Stack gap={16}>
      <Heading>{t(`dupWhy_${pair.why}` as "dupWhy_same_words")}</Heading>
      <Columns even>
        <Side name={t("dupFirst")} service={pair.services[0]} {...{ language, now }} />
        <Side name={t("dupSecond")} service={pair.services[1]} {...{ language, now }} />
      </Columns>
      <Form action={`/tend/duplicates/${pair.id}`}>
        <Row>
          <Button tone="plain" name="keep" value="a">
            {t("dupKeepA")}
          </Button>
          <Button tone="plain" name="keep" value="b">
            {t("dupKeepB")}
          </Button>
          <Button tone="plain" name="keep" value="both">
            {t("dupBoth")}
          </Button>
        </Row>
      </Form>
    </Stack>
  );
}

function Side({ name, service, language, now }: { name: string; service: ServiceParts; language: Language; now: Instant }) {
  const known = readOut(service, language, now);
  return (
    <Card label={`${name}: ${service.name}`}>
      <Soft>{name}</Soft>
      <Strong>{service.name}</Strong>
      {service.organization && service.organization !== service.name ? <Text>{service.organization}</Text> : null}
      <FactLines lines={[...known.contact, ...known.place]} />
      <Soft>{service.claims[0]?.source}</Soft>
    </Card>
  );
}
