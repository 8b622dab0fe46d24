import type { ConversationId, MemberId } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

export type { ConversationId, MemberId };
export type ConcernId = string & { readonly concernId: unique symbol };
export type CallBackId = string & { readonly callBackId: unique symbol };

export const stages = ["pregnant", "after_birth", "after_loss", "other"] as const;
export type Stage = (typeof stages)[number];
export const abouts = ["me", "someone_else"] as const;
export type About = (typeof abouts)[number];

/** Where a conversation stands in the queue: danger first, then who was left, then who is new. */
export type Place = 0 | 1 | 2;

export type ReleaseReason = "ended" | "unanswered" | "shift_ended" | "connection_gone" | "handed_over" | "erased";

export type EntryKind = "message" | "note" | "joined" | "returned" | "handed_over" | "invited" | "ended" | "raised" | "called_back" | "referred" | "helped";

/** One thing that happened in a conversation, opened for someone who may read it. */
export type Entry = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly author: "parent" | "staff" | "house";
  /** First name of the member of staff. */
  readonly name: string | undefined;
  /** She came in beside the volunteer. */
  readonly supervising: boolean;
  readonly body: string | undefined;
  readonly detail: string | undefined;
  /** The key under which the sender's browser sent it. */
  readonly sentAs: string | undefined;
  readonly at: Instant;
};

/** How a conversation stands, without what was said. */
export type Standing = {
  readonly id: ConversationId;
  readonly language: Language;
  readonly risk: boolean;
  /** She said yes to the safety question; a volunteer's own concern is not hers to see. */
  readonly saidDanger: boolean;
  readonly openedAt: Instant;
  readonly waitingSince: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly erasedAt: Instant | undefined;
  readonly lastSeq: number;
  readonly parentReadSeq: number;
  readonly deskReadSeq: number;
  /** First names of who is with her: the volunteer, and a supervisor who was asked in. While she waits, only supervisors who came in and have not left. */
  readonly with: readonly string[];
};

/** A row of the queue: never more of the parent than is needed to choose whom to take. */
export type Waiting = {
  readonly id: ConversationId;
  readonly language: Language;
  readonly about: About | undefined;
  readonly stage: Stage | undefined;
  readonly risk: boolean;
  readonly place: Place;
  readonly waitingSince: Instant;
};

export const safeWays = ["text_only", "may_name_us", "never_name_us"] as const;
export const callBackWays = ["text", "call", "email"] as const;
export type CallBackWay = (typeof callBackWays)[number] | "here";
export type CallBackOutcome = "reached" | "declined" | "three_tries" | "talked_here" | "withdrawn";

export const outcomes = ["listened", "referred", "followed_up", "crisis_help", "ended_early"] as const;
export type Outcome = (typeof outcomes)[number];

/** Why she wrote, as the federal maternal hotline counts it (HRSA, OMB 0906-0084), in our words. */
export const reasons = ["low_mood", "anxiety", "overwhelmed", "frightening_thoughts", "birth_trauma", "loss", "feeding_sleep", "relationship", "pregnancy", "practical", "other_reason"] as const;
export type Reason = (typeof reasons)[number];

export const feelings = ["fine", "shaken", "not_ok"] as const;
export type Feeling = (typeof feelings)[number];

/**
 * The neutral worksheet of a concern. Its headings are the four areas of the Lifeline's public standards
 * (Joiner 2007: desire, intent, capability, buffers), the baby's safety, and the signs that tell psychosis
 * from unwanted frightening thoughts. It is not a scale and gives no score.
 */
export const worksheetAreas = ["desire", "intent", "capability", "buffers", "baby_safety", "psychosis_signs", "unwanted_thoughts"] as const;
export type WorksheetArea = (typeof worksheetAreas)[number];
export const worksheetAnswers = ["yes", "no", "not_clear"] as const;
export type WorksheetAnswer = (typeof worksheetAnswers)[number];
export type Worksheet = { readonly answers: Partial<Record<WorksheetArea, WorksheetAnswer>>; readonly words: string };

/** Next steps from the least invasive to the last (Draper 2014, imminent-risk policy: active engagement first). */
export const concernSteps = ["stay_and_listen", "safety_plan", "someone_near", "crisis_line_together", "emergency_by_her", "emergency_by_us"] as const;
export type ConcernStep = (typeof concernSteps)[number];

export type Refusal = { readonly refused: RefusalKey };
export type RefusalKey =
  | "alreadyTaken"
  | "notOnDuty"
  | "capReached"
  | "conversationEnded"
  | "notYours"
  | "nobodyToHandTo"
  | "noteMissing"
  | "worksheetHalfDone"
  | "notAcknowledged"
  | "triesMissing"
  | "keyTaken";
export const isRefusal = (value: unknown): value is Refusal => typeof value === "object" && value !== null && "refused" in value;
