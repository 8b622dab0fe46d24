import type { ConversationId } from "../../platform/http/scope.ts";

/** What a stream can listen to. A topic names where to look, never what was said. */
export const topics = {
  queue: "helpline/queue",
  board: "helpline/board",
  conversation: (id: ConversationId) => `helpline/conversation/${id}`,
  /** Someone on this side is writing. */
  writing: (id: ConversationId, side: "parent" | "desk") => `helpline/writing/${side}/${id}`,
} as const;
