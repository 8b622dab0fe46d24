import type { Visit } from "../../../../platform/http/visit.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { BarePage, Talk } from "../../../../platform/ui/talk.tsx";
import type { Entry, Standing } from "../../types.ts";
import { say } from "../words.ts";
import { DeskEntry } from "./entry.tsx";
import { DeskStanding } from "./standing.tsx";

/** With scripts off: what came since the desk's page was loaded. */
export function DeskNewWords({ visit, assets, zone, standing, entries }: { visit: Visit; assets: Assets; zone: string; standing: Standing; entries: readonly Entry[] }) {
  const t = say(visit.language);
  return (
    <BarePage language={visit.language} title={t("conversationTitle")} seconds={15} style={assets.style} theme={visit.light === "system" ? undefined : visit.light}>
      <DeskStanding standing={standing} language={visit.language} />
      <Talk label={t("conversationTitle")}>
        {entries.map((entry) => (
          <DeskEntry key={entry.seq} entry={entry} language={visit.language} zone={zone} />
        ))}
      </Talk>
    </BarePage>
  );
}
