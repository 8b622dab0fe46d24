import type { House } from "../../../platform/http/house.ts";
import { memberScope, moderatorScope, type SignedIn, type SignedInRole } from "../../../platform/http/scope.ts";
import { fragment } from "../../../platform/http/show.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import { frame, type Refresh } from "../../../platform/live/hub.ts";
import { StreamAct } from "../../../platform/ui/live.tsx";
import { topicOf } from "../events.ts";
import type { ReaderScope } from "../gates.ts";
import type { TopicId } from "../types.ts";
import { lastNumbers, lastShownIn, shownSince } from "./queries.ts";
import { NewPosts } from "./views/new-posts.tsx";

/** Who looks, and the number of the last post on her page. */
type Lens = { readonly as: ReaderScope["as"]; readonly language: Language; readonly after: number; readonly member: Omit<SignedIn, "roles"> & { readonly roles: readonly SignedInRole[] } };

export const lensOf = ({ as, member }: ReaderScope, language: Language, after: number): string => JSON.stringify({ as, language, after, member: { ...member, roles: [...member.roles] } } satisfies Lens);

const idOf = (topic: string): TopicId => topic.slice(topic.lastIndexOf("/") + 1) as TopicId;

/** Says on every open page of a topic how much is new there, to each as she may read it. What is new comes when she asks for it: nothing moves while she reads or types. */
export const topicRefresh =
  (house: House): Refresh =>
  async (topic, streams) => {
    const id = idOf(topic);
    // First, so that no stream is told of a number before what it counts could be read.
    const last = await lastShownIn(house.db, id);
    for (const stream of streams) {
      if (stream.seen >= last) continue;
      const { as, language, after, member } = JSON.parse(stream.lens) as Lens;
      const signedIn = { ...member, roles: new Set(member.roles) };
      const count = await shownSince(house.db, house.keys, as === "member" ? memberScope(signedIn) : moderatorScope(signedIn), id, after);
      stream.send(frame(fragment(<StreamAct action="update" target="new-posts">{count > 0 ? <NewPosts {...{ language, id, after, count }} /> : null}</StreamAct>), last));
      stream.seen = last;
    }
  };

/** Wakes the pages that are behind their table: a process that died between its commit and its wake-up told nobody. */
export async function catchUpTopics(house: House): Promise<void> {
  const open = house.hub.behind(topicOf("" as TopicId));
  if (open.length === 0) return;
  const last = new Map((await lastNumbers(house.db, open.map(({ topic }) => idOf(topic)))).map(({ id, last_shown }) => [id, last_shown]));
  for (const { topic, seen } of open) if ((last.get(idOf(topic)) ?? 0) > seen) house.hub.wake(topic);
}
