import type { House } from "../../../platform/http/house.ts";
import type { DeskScope, MemberId, Role } from "../../../platform/http/scope.ts";
import { fragment } from "../../../platform/http/show.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { frame, type Refresh } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { staffScope, type SignedIn } from "../../../platform/http/scope.ts";
import { conversationsHeld, conversationsWaiting, entriesAfter } from "../queries.ts";
import type { Standing } from "../types.ts";
import { myShift } from "./queries.ts";
import { DeskEntry } from "./views/entry.tsx";
import { DeskQueue } from "./views/queue.tsx";
import { DeskStanding } from "./views/standing.tsx";
import { say } from "./words.ts";

export type DeskLens = { readonly side: "desk"; readonly language: Language; readonly zone: string; readonly memberId: MemberId; readonly roles: readonly Role[] };

/** What a desk's stream of one conversation is sent for everything after `after`. */
export async function deskFrames(house: House, standing: Standing, scope: DeskScope, lens: DeskLens, after: number): Promise<{ entries: (readonly [seq: number, frame: string])[]; standing: string; last: number }> {
  const entries = standing.lastSeq > after ? await entriesAfter(house.db, house.keys, scope, after) : [];
  return {
    entries: entries.map((entry) => [
      entry.seq,
      frame(
        fragment(
          <StreamAct action="append" target="entries">
            <DeskEntry entry={entry} language={lens.language} zone={lens.zone} />
          </StreamAct>,
        ),
        entry.seq,
      ),
    ]),
    standing: frame(
      fragment(
        <StreamAct action="replace" target="standing">
          <DeskStanding standing={standing} language={lens.language} />
        </StreamAct>,
      ),
    ),
    last: Math.max(standing.lastSeq, entries.at(-1)?.seq ?? 0),
  };
}

const update = (target: string, text: string) =>
  frame(
    fragment(
      <StreamAct action="update" target={target}>
        {text}
      </StreamAct>,
    ),
  );

export const deskWriting = (language: Language): string => update("writing", say(language)("writing"));
/** She reads no further, and what was on her screen goes too. */
export const noLongerYours = (language: Language): string => update("standing", say(language)("noLongerYours")) + update("entries", "");

export type QueueLens = { readonly language: Language; readonly memberId: MemberId };

/** The queue and what she holds, for every open desk: each sees her own. */
export function queueRefresh(house: House): Refresh {
  return async (_topic, streams) => {
    const now = house.now();
    const lenses = new Map<string, QueueLens>();
    for (const { lens } of streams) if (!lenses.has(lens)) lenses.set(lens, JSON.parse(lens) as QueueLens);
    for (const [key, lens] of lenses) {
      const scope = staffScope({ memberId: lens.memberId, roles: new Set<Role>() } as unknown as SignedIn);
      const [waiting, held, shift] = await Promise.all([conversationsWaiting(house.db, scope), conversationsHeld(house.db, scope), myShift(house.db, scope)]);
      const text = frame(
        fragment(
          <StreamAct action="replace" target="queue">
            <DeskQueue waiting={waiting} held={held} shift={shift} language={lens.language} now={now} />
          </StreamAct>,
        ),
      );
      for (const stream of streams) if (stream.lens === key) stream.send(text);
    }
  };
}
