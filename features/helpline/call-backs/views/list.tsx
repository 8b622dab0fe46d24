import { Lead, LinkButton, Num, PlainList, Row, Stack, Strong, Tag, Text, Title, Unseen } from "../../../../platform/ui/basics.tsx";
import { Line, Measure } from "../../../../platform/ui/board.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { dayAndTime, type Instant } from "../../../../platform/time/time.ts";
import type { CallBack } from "../queries.ts";
import { isOverdue } from "../rules.ts";
import { say } from "../words.ts";

type ListProps = { readonly staffed: Staffed; readonly promises: readonly CallBack[]; readonly now: Instant };

/** Every open promise, the most urgent first; never how to reach anybody. */
export function CallBackList({ staffed, promises, now }: ListProps) {
  const t = say(staffed.visit.language);
  return (
    <StaffPage staffed={staffed} title={t("listTitle")} current="desk">
      <Stack gap={24}>
        <Title>{t("listTitle")}</Title>
        {promises.length === 0 ? (
          <Lead>{t("empty")}</Lead>
        ) : (
          <Measure>
            <Text>{t("listIntro")}</Text>
            <PlainList label={t("listTitle")}>
              {promises.map((promise) => (
                <Promised key={promise.id} {...{ staffed, promise, now }} />
              ))}
            </PlainList>
          </Measure>
        )}
      </Stack>
    </StaffPage>
  );
}

function Promised({ staffed: { visit, member }, promise, now }: { staffed: Staffed; promise: CallBack; now: Instant }) {
  const t = say(visit.language);
  const late = isOverdue(promise.dueAt, now);
  const due = t("due", { time: dayAndTime(promise.dueAt, member.zone, visit.language) });
  const open = (
    <LinkButton href={`/desk/call-backs/${promise.id}`} tone="plain">
      {t("open")}
      <Unseen> {due}</Unseen>
    </LinkButton>
  );
  return (
    <Line mark={late} acts={open}>
      <Row>
        <Strong>{t(`way_${promise.way}`)}</Strong>
        <Tag>{t(`lang_${promise.language}`)}</Tag>
        {late ? <Tag tone="lamp">{t("overdue")}</Tag> : null}
      </Row>
      <Num>{due}</Num>
      <Text>
        {promise.bestTime ? `${t("bestTimeLabel")}: ${t(`time_${promise.bestTime}`)} · ` : ""}
        {t("keeperLabel")}: {keeper(promise, member.memberId, visit.language)} · {t("tries", { count: promise.tries.length })}
      </Text>
    </Line>
  );
}

export function keeper({ owner }: CallBack, me: string, language: Staffed["visit"]["language"]): string {
  const t = say(language);
  if (!owner) return t("keptByNobody");
  return owner.id === me ? t("keptByYou") : owner.name;
}
