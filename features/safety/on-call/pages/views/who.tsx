import { Button, Card, Facts, Hush, LinkButton, Notice, Num, Soft, Stack, Strong, Text } from "../../../../../platform/ui/basics.tsx";
import { BoardPart } from "../../../../../platform/ui/board.tsx";
import { ActForm } from "../../../../../platform/ui/fields.tsx";
import type { Language } from "../../../../../platform/i18n/words.ts";
import { clockTime, dayAndTime } from "../../../../../platform/time/time.ts";
import { may } from "../../../policy.ts";
import { kindIn, reasonIn, say } from "../../words.ts";
import type { PageSheet } from "../queries.ts";
import type { Looking } from "../types.ts";

/** What it is, who has it, and the two acts that decide that; the stream replaces it. */
export function Who({ staffed: { visit: { language }, member }, page }: { readonly staffed: Looking; readonly page: PageSheet }) {
  const t = say(language);
  const rows = [
    [t("what"), kindIn(language, page.subjectKind)],
    [t("when"), <Num>{dayAndTime(page.raisedAt, member.zone, language)}</Num>],
  ] as const;
  return (
    <BoardPart id="page-who" label={t("what")}>
      <Card>
        <State {...{ page, language, member }} />
        {page.closedAt || page.has ? null : (
          <ActForm action={`/safety/pages/${page.id}/have`}>
            <Stack gap={8}>
              <Button big icon="check">
                {t("iHaveIt")}
              </Button>
              <Soft>{t("iHaveItHint")}</Soft>
            </Stack>
          </ActForm>
        )}
        {page.path ? (
          <LinkButton href={page.path} tone="plain" icon="eye">
            {t("readIt")}
          </LinkButton>
        ) : null}
        <Facts rows={rows} />
        <Hush>
          <Text>{reasonIn(language, page.reason)}</Text>
          {page.reason === "worried" ? null : <Soft>{t("reasonWarning")}</Soft>}
        </Hush>
        {page.has && !page.closedAt && may("closePage", member.roles, page.standing) ? (
          <ActForm action={`/safety/pages/${page.id}/give-back`}>
            <Stack gap={8}>
              <Button tone="plain" icon="handover">
                {t("giveBack")}
              </Button>
              <Soft>{t("giveBackHint")}</Soft>
            </Stack>
          </ActForm>
        ) : null}
      </Card>
    </BoardPart>
  );
}

function State({ page, language, member }: { page: PageSheet; language: Language; member: Looking["member"] }) {
  const t = say(language);
  const time = (at: PageSheet["raisedAt"]) => clockTime(at, member.zone, language);
  if (page.closedAt && page.outcome)
    return (
      <Notice tone="done">
        <Strong>{t(`outcome_${page.outcome}`)}</Strong>
        <Text>{t("closedBy", { name: page.closedBy ?? "", time: dayAndTime(page.closedAt, member.zone, language) })}</Text>
      </Notice>
    );
  if (page.has && page.hasSince) return <Notice tone="done">{page.standing.has ? t("youHaveIt", { time: time(page.hasSince) }) : t("hasIt", { name: page.has.name, time: time(page.hasSince) })}</Notice>;
  return (
    <Notice tone="attention">
      <Strong>{t(page.steps.some(({ asks }) => asks === "nobody") ? "stateNobody" : "nobodyHasIt")}</Strong>
      {page.nextAt ? (
        <Text>
          <Num>{t("nextAt", { time: time(page.nextAt) })}</Num>
        </Text>
      ) : null}
    </Notice>
  );
}
