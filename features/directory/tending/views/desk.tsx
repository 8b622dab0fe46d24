import { dayInWords } from "../../../../platform/time/time.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { Button, Columns, Heading, Lead, Link, LinkButton, Notice, Num, PlainList, Row, Soft, Stack, Strong, Tag, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Figure, Figures, Line } from "../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../platform/ui/fields.tsx";
import { PlaceLinks } from "../../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { areaName, areaNames } from "../../areas/rules.ts";
import type { Part } from "../../areas/types.ts";
import type { OwnerNow } from "../../renewal/asking/types.ts";
import type { AreaId, ServiceId } from "../../types.ts";
import type { CallOutcome } from "../forms.ts";
import type { Due, Reason } from "../types.ts";
import { say } from "../words.ts";

type DeskProps = {
  readonly staffed: Staffed;
  readonly due: readonly Due[];
  readonly morning: { readonly reported: number; readonly inDoubt: number; readonly never: number; readonly ended: number; readonly shown: number };
  readonly pairs: number;
  /** Hers, and whether the queue is of those alone. */
  readonly areas: readonly AreaId[];
  /** The parts of regions, for the names of hers. */
  readonly parts: readonly Part[];
  readonly everywhere: boolean;
  /** How the call went that was just saved. */
  readonly saved: CallOutcome | undefined;
  /** To how many owners she has just written. */
  readonly lettersSent: number | undefined;
  /** Of those in the queue. */
  readonly owners: readonly OwnerNow[];
  /** Were asked three times and never answered. */
  readonly silent: ReadonlySet<ServiceId>;
};

/** A coordinator's morning: how the list stands, the one call to make first, and the rest in order. */
export function TendingDesk({ staffed, due, morning, pairs, areas, parts, everywhere, saved, lettersSent, owners, silent }: DeskProps) {
  const { language } = staffed.visit;
  const t = say(language);
  const first = due[0];
  const count = (n: number) => n.toLocaleString(language);
  const mayBeWritten = owners.filter(({ standing }) => standing === "open").length;
  return (
    <StaffPage staffed={staffed} title={t("title")} current="listings">
      <Stack gap={24}>
        <Title>{t("title")}</Title>
        {saved || lettersSent !== undefined ? (
          <Notice tone="done">
            <Text>{saved ? t(`saved_${saved}`) : t("lettersSent", { count: lettersSent ?? 0 })}</Text>
          </Notice>
        ) : (
          <Lead>{t("lead")}</Lead>
        )}
        <Figures>
          <Figure label={t("reported")} value={count(morning.reported)} lit={morning.reported > 0} />
          <Figure label={t("inDoubt")} value={count(morning.inDoubt)} />
          <Figure label={t("ended")} value={count(morning.ended)} />
          <Figure label={t("never")} value={count(morning.never)} more={t("shown", { count: count(morning.shown) })} />
        </Figures>
        <Columns>
          <Stack gap={16}>
            {areas.length > 0 ? <Whose {...{ areas, parts, everywhere, language }} /> : null}
            {first ? (
              <LinkButton href={`/tend/${first.serviceId}`} icon="phone" big>
                {t("callNext")}
              </LinkButton>
            ) : (
              <Text>{t(areas.length > 0 && !everywhere ? "queueEmptyMine" : "queueEmpty")}</Text>
            )}
            {mayBeWritten > 0 ? (
              <>
                <ActForm action="/tend/letters" fields={{ where: everywhere ? "everywhere" : "mine" }}>
                  <Button tone="plain" icon="mail">
                    {t("lettersDo", { count: mayBeWritten })}
                  </Button>
                </ActForm>
                <Soft>{t("lettersHint")}</Soft>
              </>
            ) : null}
            {due.length > 0 ? <Queue {...{ due, owners, silent, language, zone: staffed.member.zone }} /> : null}
          </Stack>
          <PlaceLinks
            label={t("more")}
            places={[
              { href: "/tend/duplicates", name: t("duplicates"), more: t("duplicatesCount", { count: pairs }) },
              { href: "/tend/imports", name: t("imports") },
              { href: "/tend/map", name: t("map") },
              { href: "/tend/areas", name: t("places") },
              { href: "/freshness", name: t("ledger") },
            ]}
          />
        </Columns>
      </Stack>
    </StaffPage>
  );
}

function Whose({ areas, parts, everywhere, language }: Pick<DeskProps, "areas" | "parts" | "everywhere"> & { language: Language }) {
  const t = say(language);
  const name = areaNames(parts, language);
  return (
    <Row>
      <Soft>{t("mine", { areas: new Intl.ListFormat(language).format(areas.map(name)) })}</Soft>
      <Link href={everywhere ? "/tend" : "/tend/everywhere"}>{t(everywhere ? "onlyMine" : "everywhere")}</Link>
    </Row>
  );
}

function Queue({ due, owners, silent, language, zone }: Pick<DeskProps, "due" | "owners" | "silent"> & { language: Language; zone: string }) {
  const t = say(language);
  const askedText = (id: ServiceId): string | undefined => {
    const owner = owners.find(({ serviceId }) => serviceId === id);
    if (silent.has(id)) return t("ownerSilent");
    return owner?.askedAt && owner.unanswered > 0 ? t("ownerAsked", { day: dayInWords(owner.askedAt, zone, language) }) : undefined;
  };
  return (
    <>
      <Heading>{t("queue")}</Heading>
      <PlainList label={t("queue")}>
        {due.map((entry) => (
          <Line
            key={entry.serviceId}
            mark={entry.reasons[0] === "unsafe" || entry.reasons[0] === "in_doubt"}
            acts={
              <LinkButton href={`/tend/${entry.serviceId}`} tone="plain">
                <span aria-hidden="true">{t("open")}</span>
                <Unseen>{t("openNamed", { name: entry.name })}</Unseen>
              </LinkButton>
            }
          >
            <Strong>{entry.name}</Strong>
            <Soft>{[t(`kind_${entry.facts.kind}`), entry.organization === entry.name ? "" : entry.organization, entry.area && areaName(entry.area, language)].filter(Boolean).join(" · ")}</Soft>
            <Row>
              {entry.reasons.map((reason) => (
                <Tag key={reason} tone={reason === "unsafe" || reason === "in_doubt" ? "lamp" : "plain"}>
                  <Num>{whyOf(entry, reason, language, zone)}</Num>
                </Tag>
              ))}
              {askedText(entry.serviceId) ? (
                <Tag>
                  <Num>{askedText(entry.serviceId)}</Num>
                </Tag>
              ) : null}
            </Row>
          </Line>
        ))}
      </PlainList>
    </>
  );
}

function whyOf({ facts }: Due, reason: Reason, language: Language, zone: string): string {
  const day = (at: Temporal.Instant | undefined) => (at ? dayInWords(at, zone, language) : "");
  return say(language)(`why_${reason}`, { count: facts.reports.length, day: day(reason === "ending" ? facts.freshUntil : facts.verifiedAt) });
}
