import type { Language } from "../../../../platform/i18n/words.ts";
import { clockTime } from "../../../../platform/time/time.ts";
import { Bubble, Happening } from "../../../../platform/ui/talk.tsx";
import type { Entry } from "../../types.ts";
import { say } from "../words.ts";

/** One line of a conversation as the desk sees it. */
export function DeskEntry({ entry, language, zone }: { entry: Entry; language: Language; zone: string }) {
  const t = say(language);
  const name = entry.name ?? "";
  const when = clockTime(entry.at, zone, language);
  if (entry.kind === "message" || entry.kind === "referred") {
    const own = entry.author === "staff";
    return (
      <Bubble seq={entry.seq} side={own ? "own" : "other"} who={own ? t("staff", { name }) : t("parent")} when={when} sentAs={own ? entry.sentAs : undefined}>
        {entry.body ?? ""}
      </Bubble>
    );
  }
  if (entry.kind === "note")
    return (
      <Bubble seq={entry.seq} side="note" who={t("note", { name })} when={when} sentAs={entry.sentAs}>
        {entry.body ?? ""}
      </Bubble>
    );
  return <Happening seq={entry.seq}>{happening(entry, language)}</Happening>;
}

function happening({ kind, detail, name = "" }: Entry, language: Language): string {
  const t = say(language);
  if (kind === "joined") return t(detail === "supervisor" ? "joinedSupervisor" : "joined", { name });
  if (kind === "returned") return t(detail === "unanswered" ? "returnedUnanswered" : detail === "connection_gone" ? "returnedConnectionGone" : "returnedShiftEnded", { name });
  if (kind === "handed_over") return t(detail === "to_volunteer" ? "handedToVolunteer" : "handedToQueue", { name });
  if (kind === "invited") return t("invited", { name });
  if (kind === "raised") return t(detail === "parent_said" ? "raisedByParent" : "raised");
  if (kind === "called_back") return t("calledBack");
  return t(detail === "parent" ? "endedByParent" : "ended");
}
