import type { ContentNote, PostId, TopicId } from "../types.ts";
import type { Instant } from "../../../platform/time/time.ts";

/** A post in which all that she looks for stands. */
export type Found = { readonly id: PostId; readonly topicId: TopicId; readonly seq: number; readonly title: string; readonly note: ContentNote | undefined; readonly by: string | undefined; readonly own: boolean; readonly words: string; readonly writtenAt: Instant };

/** A sentence in pieces; `found`: a word that she looked for. */
export type Piece = { readonly text: string; readonly found: boolean };
