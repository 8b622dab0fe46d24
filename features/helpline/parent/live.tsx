import type { House } from "../../../platform/http/house.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import { fragment } from "../../../platform/http/show.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { frame } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { entriesAfter, lastMessageOf, waitNow } from "../queries.ts";
import type { Standing } from "../types.ts";
import { ParentEntry } from "./views/entry.tsx";
import { deliveredSentence, ParentStanding } from "./views/standing.tsx";
import { say } from "./words.ts";

export type ParentLens = { readonly side: "parent"; readonly language: Language; readonly zone: string };

/** What a parent's stream is sent for everything after `after`: each entry under its number, then how things stand. */
export async function parentFrames(house: House, standing: Standing, lens: ParentLens, after: number): Promise<{ entries: (readonly [seq: number, frame: string])[]; standing: string; last: number }> {
  const scope = parentScope(standing.id);
  const entries = standing.lastSeq > after ? await entriesAfter(house.db, house.keys, scope, after) : [];
  const promise = standing.waitingSince ? await waitNow(house.db, standing.language, house.now(), standing.id) : undefined;
  const lastOwnSeq = await lastMessageOf(house.db, scope);
  return {
    entries: entries.map((entry) => [
      entry.seq,
      frame(
        fragment(
          <StreamAct action="append" target="entries">
            <ParentEntry entry={entry} language={lens.language} zone={lens.zone} />
          </StreamAct>,
        ),
        entry.seq,
      ),
    ]),
    standing: frame(
      fragment(
        <>
          <StreamAct action="replace" target="standing">
            <ParentStanding standing={standing} promise={promise} language={lens.language} zone={lens.zone} now={house.now()} />
          </StreamAct>
          <StreamAct action="update" target="delivered">
            {deliveredSentence(standing, lastOwnSeq, lens.language)}
          </StreamAct>
        </>,
      ),
    ),
    last: Math.max(standing.lastSeq, entries.at(-1)?.seq ?? 0),
  };
}

/** "Ana is writing…" for the parent's page; her own page lets it go after a few seconds. */
export function parentWriting(names: readonly string[], language: Language): string {
  return frame(
    fragment(
      <StreamAct action="update" target="writing">
        {names[0] ? say(language)("writing", { name: names[0] }) : ""}
      </StreamAct>,
    ),
  );
}
