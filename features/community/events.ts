import type { TopicId } from "./types.ts";

/** Open pages of one topic look again. */
export const topicOf = (topic: TopicId): string => `topic/${topic}`;
