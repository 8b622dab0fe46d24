import type { House } from "../../../platform/http/house.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { acted, framesAfter, type Frames } from "../entries/live.tsx";
import { lastMessageOf, waitNow } from "../queries.ts";
import type { Standing } from "../types.ts";
import { ParentEntry } from "./views/entry.tsx";
import { deliveredSentence, ParentStanding } from "./views/standing.tsx";
import { say } from "./words.ts";

export type ParentLens = { readonly side: "parent"; readonly language: Language; readonly zone: string };

/** What a parent's stream is sent for everything after `after`. */
export async function parentFrames(house: House, standing: Standing, { language, zone }: ParentLens, after: number): Promise<Frames> {
  const scope = parentScope(standing.id);
  const promise = standing.waitingSince ? await waitNow(house.db, standing.language, house.now(), standing.id) : undefined;
  const delivered = deliveredSentence(standing, await lastMessageOf(house.db, scope), language);
  const stands = acted("replace", "standing", <ParentStanding {...{ standing, promise, language, zone }} now={house.now()} />);
  return framesAfter(house, standing, scope, after, (entry) => <ParentEntry {...{ entry, language, zone }} />, stands + acted("update", "delivered", delivered));
}

/** "Ana is writing…" for the parent's page; her own page lets it go after a few seconds. */
export const parentWriting = (names: readonly string[], language: Language): string => acted("update", "writing", names[0] ? say(language)("writing", { name: names[0] }) : "");
