import type { Visit } from "../../../../platform/http/visit.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Assets } from "../../../../platform/ui/assets.ts";
import { Soft } from "../../../../platform/ui/basics.tsx";
import { BarePage, Talk } from "../../../../platform/ui/talk.tsx";
import type { WaitPromise } from "../../rules.ts";
import type { Entry, Standing } from "../../types.ts";
import { say } from "../words.ts";
import { ParentEntry } from "./entry.tsx";
import { ParentStanding } from "./standing.tsx";

type Props = { visit: Visit; assets: Assets; zone: string; standing: Standing; promise: WaitPromise | undefined; now: Instant; entries: readonly Entry[] };

/** With scripts off: what came since her page was loaded, looked up again every 15 seconds beside the form. */
export function NewWords({ visit, assets, zone, standing, promise, now, entries }: Props) {
  const t = say(visit.language);
  return (
    <BarePage language={visit.language} title={t("newWords")} seconds={15} style={assets.style} theme={visit.light === "system" ? undefined : visit.light}>
      <ParentStanding standing={standing} promise={promise} language={visit.language} zone={zone} now={now} />
      {entries.length === 0 ? <Soft>{t("nothingNew")}</Soft> : null}
      <Talk label={t("newWords")}>
        {entries.map((entry) => (
          <ParentEntry key={entry.seq} entry={entry} language={visit.language} zone={zone} />
        ))}
      </Talk>
    </BarePage>
  );
}
