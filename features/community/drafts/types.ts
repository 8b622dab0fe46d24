import type { Instant } from "../../../platform/time/time.ts";
import type { SpaceId, TopicId } from "../types.ts";

/** Where she began to write: a topic of this space, or an answer in this topic. */
export type Place = { readonly spaceId: SpaceId } | { readonly topicId: TopicId };

/** What stood in the form, as she typed it; what was left empty is not in it. */
export type Said = Readonly<Partial<Record<"title" | "words" | "language" | "note" | "unnamed" | "quotes", string | undefined>>>;

export type Draft = { readonly said: Said; readonly keptAt: Instant };

/** One in her list. `where`: the title of the topic, or the space; undefined where that is not open to her any more. */
export type DraftLine = Draft & { readonly place: Place; readonly where: string | undefined };
