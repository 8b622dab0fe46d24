import type { ComponentChildren } from "preact";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import { Card, Heading, Num, PlainList, Preline, Soft, Strong, Text } from "../../../../platform/ui/basics.tsx";
import type { Staffed } from "../../../../platform/ui/staff-page.tsx";
import { actedOnInRoom } from "../rules.ts";
import type { CaseShown } from "../types.ts";
import { say } from "../words.ts";

type Props = { readonly staffed: Staffed; readonly one: CaseShown };
type Happened = { readonly at: Instant; readonly line: string; readonly more: readonly (string | undefined)[] };

/** What was done in this case, the newest first. Colleagues see each other by name; authors never do. */
export function History({ staffed: { visit, member }, one }: Props) {
  const t = say(visit.language);
  const happened: Happened[] = [
    ...one.decisions.map(({ name, decision, rule, note, at }) => ({ at, line: t("decidedLine", { name, decision: t(`decision_${decision}`) }), more: [rule && t("ruleNamed", { rule: t(`rule_${rule}`) }), note] })),
    ...one.pairings.flatMap(({ with: first, joined, joinedAt }) => (joined && joinedAt ? [{ at: joinedAt, line: t("sitTogether", { name: first.name, other: joined.name }), more: [] }] : [])),
    ...one.settlements.map(({ how, name, at }) => ({ at, line: name ? t("settledLine", { name, how: t(`settled_${how}`) }) : t(`settled_${how}`), more: [] })),
    ...one.opinions.map(({ askedBy, question, askedAt }) => ({ at: askedAt, line: question ? t("asked", { name: askedBy, question }) : t("askedBare", { name: askedBy }), more: [] })),
    ...one.opinions.flatMap(({ given }) => (given ? [{ at: given.at, line: t("given", { name: given.by, decision: t(`do_${given.would}`) }), more: [given.words] }] : [])),
    ...one.appeals.map(({ words, madeAt }) => ({ at: madeAt, line: t("appealWords"), more: [words] })),
    ...one.appeals.flatMap(({ answered }) => (answered ? [{ at: answered.at, line: t("appealDecided", { name: answered.name, outcome: t(`outcome_${answered.outcome}`) }), more: [answered.words] }] : [])),
  ].sort((a, b) => Temporal.Instant.compare(b.at, a.at));
  return (
    <Card>
      <Heading>{t("historyLabel")}</Heading>
      {happened.length === 0 ? <Soft>{t("historyNone")}</Soft> : null}
      <PlainList label={t("historyLabel")}>
        {happened.map(({ at, line, more }) => (
          <Happening key={line + at.toString()} time={dayAndTime(at, member.zone, visit.language)} line={line}>
            {more.flatMap((words) => (words ? [<Preline key={words}>{words}</Preline>] : []))}
          </Happening>
        ))}
      </PlainList>
    </Card>
  );
}

const Happening = ({ time, line, children }: { time: string; line: string; children: ComponentChildren }) => (
  <li>
    <Text>
      <Strong>{line}</Strong>
    </Text>
    {children}
    <Soft>
      <Num>{time}</Num>
    </Soft>
  </li>
);

/** What was asked of this author before. */
export function StrikesBefore({ staffed: { visit, member }, one }: Props) {
  if (actedOnInRoom(one.subjectKind)) return null;
  const t = say(visit.language);
  const time = (at: Instant) => dayAndTime(at, member.zone, visit.language);
  return (
    <Card>
      <Heading>{t("strikesLabel")}</Heading>
      {one.strikes.length === 0 ? <Soft>{t("strikesNone")}</Soft> : null}
      <PlainList label={t("strikesLabel")}>
        {one.strikes.map(({ kind, rule, note, at, endsAt, liftedAt }) => (
          <Happening key={at.toString()} time={time(at)} line={[t(`strike_${kind}`), endsAt ? t("until", { time: time(endsAt) }) : "", liftedAt ? t("lifted") : ""].filter(Boolean).join(" · ")}>
            <Text>{t("ruleNamed", { rule: t(`rule_${rule}`) })}</Text>
            {note ? <Preline>{note}</Preline> : null}
          </Happening>
        ))}
      </PlainList>
    </Card>
  );
}
