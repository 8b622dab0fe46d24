import type { House } from "../../platform/http/house.ts";
import { deskScope, parentScope, type ConversationId, type DeskScope, type MemberId, type SignedIn } from "../../platform/http/scope.ts";
import type { Refresh, Stream } from "../../platform/live/hub.ts";
import { deskFrames, deskWriting, noLongerYours, type DeskLens } from "./desk/live.tsx";
import { topics } from "./events.ts";
import { parentFrames, parentWriting, type ParentLens } from "./parent/live.tsx";
import { may } from "./policy.ts";
import { holdersOf, lastNumbers, standingOf } from "./queries.ts";

export type Lens = ParentLens | DeskLens;
/** Streams of one lens are rendered once, whoever looks through them. */
export const asLens = (lens: Lens): string => JSON.stringify(lens);

const idOf = (topic: string): ConversationId => topic.slice(topic.lastIndexOf("/") + 1) as ConversationId;

function byLens(streams: ReadonlySet<Stream>): Map<string, Stream[]> {
  const groups = new Map<string, Stream[]>();
  for (const stream of streams) {
    const group = groups.get(stream.lens);
    if (group) group.push(stream);
    else groups.set(stream.lens, [stream]);
  }
  return groups;
}

/** Is the one behind this desk lens still inside? A volunteer who no longer holds the conversation reads no further. */
function deskScopeOf(lens: DeskLens, id: ConversationId, holders: ReadonlySet<MemberId>): DeskScope | undefined {
  const holding = holders.has(lens.memberId);
  const member = { memberId: lens.memberId, roles: new Set(lens.roles) } as unknown as SignedIn;
  return may("readConversation", lens.roles, holding) ? deskScope(member, id, holding) : undefined;
}

/** Brings every open page of a conversation up to date, parents' and desks' alike. */
export function conversationRefresh(house: House): Refresh {
  return async (topic, streams) => {
    const id = idOf(topic);
    // Its standing first: a number read after the entries could count one that they lack, and no stream would ever be sent it.
    const [standing, holders] = await Promise.all([standingOf(house.db, parentScope(id)), holdersOf(house.db, id)]);
    if (!standing) return;
    for (const [key, group] of byLens(streams)) {
      const lens = JSON.parse(key) as Lens;
      const after = Math.min(...group.map(({ seen }) => seen));
      const desk = lens.side === "desk" ? deskScopeOf(lens, id, holders) : undefined;
      if (lens.side === "desk" && !desk) {
        for (const stream of group) {
          stream.send(noLongerYours(lens.language));
          stream.seen = Number.MAX_SAFE_INTEGER;
        }
        continue;
      }
      const frames = lens.side === "parent" ? await parentFrames(house, standing, lens, after) : await deskFrames(house, standing, desk as DeskScope, lens, after);
      for (const stream of group) {
        stream.send(frames.entries.filter(([seq]) => seq > stream.seen).map(([, text]) => text).join("") + frames.standing);
        stream.seen = Math.max(stream.seen, frames.last);
      }
    }
  };
}

/** Says on the other side's pages that someone is writing. Nothing of it is kept. */
export function writingRefresh(house: House): Refresh {
  return async (topic, streams) => {
    const standing = await standingOf(house.db, parentScope(idOf(topic)));
    for (const [key, group] of byLens(streams)) {
      const lens = JSON.parse(key) as Lens;
      const text = lens.side === "parent" ? parentWriting(standing?.with ?? [], lens.language) : deskWriting(lens.language);
      for (const stream of group) stream.send(text);
    }
  };
}

/** What a page of a conversation listens to: the conversation itself, and the other side's writing. */
export function listeningTo(house: House, id: ConversationId, side: Lens["side"]) {
  return [
    { topic: topics.conversation(id), refresh: conversationRefresh(house), atOnce: true },
    { topic: topics.writing(id, side === "parent" ? "desk" : "parent"), refresh: writingRefresh(house), atOnce: false },
  ];
}

/**
 * Finds streams that are behind their table and wakes them: a process that died between its commit and its wake-up told nobody.
 * One query for all conversations that are open here.
 */
export async function catchUp(house: House): Promise<void> {
  const open = house.hub.behind(topics.conversation("" as ConversationId));
  if (open.length === 0) return;
  const last = new Map((await lastNumbers(house.db, open.map(({ topic }) => idOf(topic)))).map(({ id, seq }) => [id, seq]));
  for (const { topic, seen } of open) if ((last.get(idOf(topic)) ?? 0) > seen) house.hub.wake(topic);
}
