import { Facts, Heading, RowTable, Soft, Stack } from "../../../../platform/ui/basics.tsx";
import type { Staffed } from "../../../../platform/ui/staff-page.tsx";
import { PaperPage } from "../../views/paper.tsx";
import { say } from "../../words.ts";
import type { Section } from "../in-words/rules.ts";

/** The document as a page to read and to print; what is to be filled in says so. */
export function Assessment({ staffed, sections }: { staffed: Staffed; sections: readonly Section[] }) {
  return (
    <PaperPage staffed={staffed} paper="assessmentTitle" file="/privacy/assessment.csv">
      <Soft>{say(staffed.visit.language)("ukNotice")}</Soft>
      {sections.map((section) => (
        <Stack key={section.title}>
          <Heading>{section.title}</Heading>
          <Rows {...section} />
        </Stack>
      ))}
    </PaperPage>
  );
}

/** A section of pairs is a list of facts; a wider one is a table under its first row. */
function Rows({ title, rows: [head = [], ...rest] }: Section) {
  if (head.length === 2) return <Facts rows={[head, ...rest].map(([name = "", value = ""]) => [name, value] as const)} />;
  return <RowTable caption={title} head={head} rows={rest} />;
}
