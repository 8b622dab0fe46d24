import type { ComponentChildren } from "preact";
import { Lead, Link, Row, LinkButton, Stack, Text, Title } from "../../../platform/ui/basics.tsx";
import { Parts } from "../../../platform/ui/parts.tsx";
import { StaffPage, type Staffed } from "../../../platform/ui/staff-page.tsx";
import { say } from "../words.ts";

const papers = [
  ["registerTitle", "/privacy/register", ["coordinator"]],
  ["breachesTitle", "/privacy/breaches", ["coordinator", "supervisor"]],
  ["assessmentTitle", "/privacy/assessment", ["coordinator"]],
] as const;
export type Paper = (typeof papers)[number][0];

/** What every paper of this room has: the papers that her roles open, a title, what it is for, and the same as a file where there is one. `back`: one leaf of it, and where it lies. */
export function PaperPage({ staffed, paper, file, back, children }: { staffed: Staffed; paper: Paper; file?: string; back?: readonly [href: string, words: "breachesBack" | "tellBack"]; children: ComponentChildren }) {
  const t = say(staffed.visit.language);
  const open = papers.filter(([, , roles]) => roles.some((role) => staffed.member.roles.has(role)));
  return (
    <StaffPage staffed={staffed} title={t(paper)} current="settings">
      <Stack gap={24}>
        <Parts label={t("papersNav")} parts={open.map(([key, href]) => ({ href, label: t(key), current: key === paper }))} />
        {back ? (
          <Stack gap={8}>
            <Text>
              <Link href={back[0]}>{t(back[1])}</Link>
            </Text>
            <Title small>{t(paper)}</Title>
          </Stack>
        ) : (
          <Stack gap={8}>
            <Title>{t(paper)}</Title>
            <Lead>{t(`${paper}Lead`)}</Lead>
          </Stack>
        )}
        {file ? (
          <Row>
            <LinkButton href={file} tone="plain">
              {t("asSpreadsheet")}
            </LinkButton>
          </Row>
        ) : null}
        {children}
      </Stack>
    </StaffPage>
  );
}
