import type { House } from "../../../platform/http/house.ts";
import { staffScope, type DeskScope, type MemberId, type Role, type SignedIn } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Refresh } from "../../../platform/live/hub.ts";
import { acted, framesAfter, type Frames } from "../entries/live.tsx";
import { conversationsHeld, conversationsWaiting } from "../queries.ts";
import type { Standing } from "../types.ts";
import { myShift } from "./queries.ts";
import { DeskEntry } from "./views/entry.tsx";
import { DeskQueue } from "./views/queue.tsx";
import { DeskStanding } from "./views/standing.tsx";
import { say } from "./words.ts";

export type DeskLens = { readonly side: "desk"; readonly language: Language; readonly zone: string; readonly memberId: MemberId; readonly roles: readonly Role[] };

/** What a desk's stream of one conversation is sent for everything after `after`. */
export const deskFrames = (house: House, standing: Standing, scope: DeskScope, { language, zone }: DeskLens, after: number): Promise<Frames> =>
  framesAfter(house, standing, scope, after, (entry) => <DeskEntry {...{ entry, language, zone }} />, acted("replace", "standing", <DeskStanding standing={standing} language={language} />));

export const deskWriting = (language: Language): string => acted("update", "writing", say(language)("writing"));
/** She reads no further, and what was on her screen goes too. */
export const noLongerYours = (language: Language): string => acted("update", "standing", say(language)("noLongerYours")) + acted("update", "entries", "");

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
      const text = acted("replace", "queue", <DeskQueue waiting={waiting} held={held} shift={shift} language={lens.language} now={now} />);
      for (const stream of streams) if (stream.lens === key) stream.send(text);
    }
  };
}
