import type { SessionId } from "./types.ts";

/** Streams of one session (lobby, room, its facilitators' page) look again. */
export const topicOf = (session: SessionId): string => `group ${session}`;
