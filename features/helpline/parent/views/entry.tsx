import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime } from "../../../../platform/time/time.ts";
import { Bubble, Happening } from "../../../../platform/ui/talk.tsx";
import type { Entry } from "../../types.ts";
import { say } from "../words.ts";

/** One line of a conversation as the parent sees it, on the page and in the stream alike. */
export function ParentEntry({ entry, language, zone }: { entry: Entry; language: Language; zone: string }) {
  const t = say(language);
  const name = entry.name ?? "";
  if (entry.kind === "message" || entry.kind === "referred") {
    const own = entry.author === "parent";
    return (
      <Bubble seq={entry.seq} side={own ? "own" : "other"} who={own ? t("you") : t(entry.supervising ? "supervisor" : "volunteer", { name })} when={clockTime(entry.at, zone, language)} sentAs={own ? entry.sentAs : undefined}>
        {entry.body ?? ""}
      </Bubble>
    );
  }
  return <Happening seq={entry.seq}>{happening(entry, language)}</Happening>;
}

function happening(entry: Entry, language: Language): string {
  const t = say(language);
  const name = entry.name ?? "";
  if (entry.kind === "joined") return entry.detail === "supervisor" ? t("joinedSupervisor", { name }) : t("joined", { name });
  if (entry.kind === "returned") return t("returned", { name });
  if (entry.kind === "called_back") return t("calledBack");
  return t("ended");
}
