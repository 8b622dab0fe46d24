import { dayAndTime } from "../../../../platform/time/time.ts";
import type { Language } from "../../../../platform/i18n/words.ts";
import { Heading, Lead, LinkButton, Notice, Num, Row, Soft, Stack, Table, Text, Title } from "../../../../platform/ui/basics.tsx";
import { Figure, Figures } from "../../../../platform/ui/board.tsx";
import { StaffPage, type Staffed } from "../../../../platform/ui/staff-page.tsx";
import { reasonInWords, wholeInWords } from "../in-words/rules.ts";
import type { ReadingSeen, RowSeen } from "../queries.ts";
import { rowsAPage, totalsOf } from "../rules.ts";
import { fates, type NoteReason } from "../types.ts";
import { say } from "../words.ts";

type AccountProps = { readonly staffed: Staffed; readonly reading: ReadingSeen; readonly rows: readonly RowSeen[]; readonly page: number };

/** How a reading went, to the last row. */
export function AccountPage({ staffed, reading, rows, page }: AccountProps) {
  const { language } = staffed.visit;
  const t = say(language);
  return (
    <StaffPage staffed={staffed} title={t("accountTitle")} current="listings" {...(reading.standing === "reads" ? { refresh: 5 } : {})}>
      <Stack gap={24}>
        <Title>{reading.source.name}</Title>
        <Soft>
          <Num>{[reading.fileName, dayAndTime(reading.startedAt, staffed.member.zone, language), reading.by].filter(Boolean).join(" · ")}</Num>
        </Soft>
        {reading.standing === "reads" ? <Reads reading={reading} language={language} /> : null}
        {reading.standing === "refused" ? (
          <Notice tone="attention">
            <Text>{t("nothingTaken")}</Text>
            <Text>{wholeInWords(reading.refused ?? "fault", reading.refusedDetail, language)}</Text>
          </Notice>
        ) : null}
        {reading.standing === "done" ? <Done {...{ reading, rows, page, language }} /> : null}
        <LinkButton href="/tend/imports" tone="quiet" icon="back">
          {t("back")}
        </LinkButton>
      </Stack>
    </StaffPage>
  );
}

function Reads({ reading, language }: { reading: ReadingSeen; language: Language }) {
  const t = say(language);
  return (
    <Stack>
      <Lead>
        <Num>{t("readsNow", { count: totalsOf(reading.counts).rows.toLocaleString(language) })}</Num>
      </Lead>
      <Text>{t("readsHint")}</Text>
      <LinkButton href={`/tend/imports/${reading.id}`}>{t("lookAgain")}</LinkButton>
    </Stack>
  );
}

function Done({ reading, rows, page, language }: Omit<AccountProps, "staffed"> & { language: Language }) {
  const t = say(language);
  const totals = totalsOf(reading.counts);
  const count = (n: number): string => n.toLocaleString(language);
  return (
    <Stack gap={24}>
      <Figures>
        {fates.map((fate) => (
          <Figure key={fate} label={t(`fates_${fate}`)} value={count(totals[fate])} lit={fate === "refused" && totals.refused > 0} />
        ))}
      </Figures>
      {totals.gone > 0 ? <Num>{t("goneRows", { count: totals.gone })}</Num> : null}
      {reading.duplicates > 0 ? (
        <LinkButton href="/tend/duplicates" tone="plain">
          <Num>{t("duplicatesFound", { count: reading.duplicates })}</Num>
        </LinkButton>
      ) : null}
      {reading.conflicts > 0 ? <Num>{t("conflictsFound", { count: reading.conflicts })}</Num> : null}
      <Table caption={t("byFile")} head={[t("file"), t("rowsRead"), ...fates.map((fate) => t(`fates_${fate}`))]}>
        {Object.entries(reading.counts).map(([file, counts]) => (
          <tr key={file}>
            <th scope="row">{file}</th>
            {[counts.rows, ...fates.map((fate) => counts[fate])].map((value, at) => (
              <td key={at}>
                <Num>{count(value)}</Num>
              </td>
            ))}
          </tr>
        ))}
      </Table>
      <Notes {...{ reading, language }} />
      <Refused {...{ reading, rows, page, language, all: totals.refused }} />
      <LinkButton href={`/tend/imports/${reading.id}/rows.csv`} tone="plain">
        {t("download")}
      </LinkButton>
    </Stack>
  );
}

function Notes({ reading, language }: { reading: ReadingSeen; language: Language }) {
  const t = say(language);
  const notes = new Map<NoteReason, number>();
  for (const counts of Object.values(reading.counts)) for (const [reason, some] of Object.entries(counts.notes) as [NoteReason, number][]) notes.set(reason, (notes.get(reason) ?? 0) + some);
  if (notes.size === 0) return null;
  return (
    <Stack gap={8}>
      <Heading>{t("notesTitle")}</Heading>
      <Table caption={t("notesTitle")} head={[t("note"), t("times")]}>
        {[...notes].sort((a, b) => b[1] - a[1]).map(([reason, some]) => (
          <tr key={reason}>
            <th scope="row">{t(`note_${reason}`)}</th>
            <td>
              <Num>{some.toLocaleString(language)}</Num>
            </td>
          </tr>
        ))}
      </Table>
    </Stack>
  );
}

function Refused({ reading, rows, page, language, all }: Omit<AccountProps, "staffed"> & { language: Language; all: number }) {
  const t = say(language);
  if (rows.length === 0) return page === 1 ? <Text>{t("refusedNone")}</Text> : null;
  return (
    <Stack gap={8}>
      <Heading id="refused">{t("refusedTitle")}</Heading>
      <Table caption={t("refusedTitle")} head={[t("file"), t("line"), t("record"), t("reason")]}>
        {rows.map((row, at) => (
          <tr key={at}>
            <td>{row.file}</td>
            <td>
              <Num>{row.line}</Num>
            </td>
            <th scope="row">{row.key || "–"}</th>
            <td>{reasonInWords(row, language)}</td>
          </tr>
        ))}
      </Table>
      <Row spread>
        {page > 1 ? (
          <LinkButton href={`/tend/imports/${reading.id}?page=${page - 1}#refused`} tone="plain">
            {t("pageBefore")}
          </LinkButton>
        ) : null}
        <Num>{t("pageIs", { page, pages: Math.max(page, Math.ceil(all / rowsAPage)) })}</Num>
        {rows.length === rowsAPage ? (
          <LinkButton href={`/tend/imports/${reading.id}?page=${page + 1}#refused`} tone="plain">
            {t("pageAfter")}
          </LinkButton>
        ) : null}
      </Row>
    </Stack>
  );
}
