import type { ConversationId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Block } from "../blocks/types.ts";
import type { CallBackId, ConcernId, Feeling, MemberId } from "../types.ts";

export type DebriefId = string & { readonly debriefId: unique symbol };
export type PhraseId = string & { readonly phraseId: unique symbol };

export type OpenConcern = {
  readonly id: ConcernId;
  readonly conversationId: ConversationId;
  readonly source: "parent_said" | "volunteer";
  readonly raisedAt: Instant;
  readonly raisedBy: string | undefined;
  readonly acknowledgedBy: string | undefined;
  /** How often somebody was paged, and who last. */
  readonly paged: number;
  readonly lastPaged: string | undefined;
  readonly erased: boolean;
};

/** A volunteer who asked a supervisor in, and nobody came yet. */
export type Ask = { readonly conversationId: ConversationId; readonly name: string; readonly at: Instant };
/** A volunteer who wants to talk after a hard conversation. */
export type Wish = { readonly id: DebriefId; readonly memberId: MemberId; readonly name: string; readonly how: Feeling; readonly at: Instant };
export type OnDuty = { readonly name: string; readonly languages: readonly Language[]; readonly cap: number; readonly held: number };
export type LatePromise = { readonly id: CallBackId; readonly dueAt: Instant; readonly owner: string | undefined };

/** Today, from midnight in the network's zone. */
export type Numbers = { readonly conversations: number; readonly answered: number; /** From opening to the volunteer's first words. */ readonly medianWaitSeconds: number | undefined };

export type Board = {
  readonly asOf: Instant;
  readonly waiting: number;
  readonly danger: number;
  readonly longestSince: Instant | undefined;
  readonly concerns: readonly OpenConcern[];
  readonly asks: readonly Ask[];
  readonly wishes: readonly Wish[];
  readonly duty: readonly OnDuty[];
  /** The languages that the network answers in. */
  readonly languages: readonly Language[];
  readonly promises: number;
  readonly late: readonly LatePromise[];
  readonly blocks: readonly Block[];
  readonly numbers: Numbers;
};

/** How one reader sees the board: streams with one lens are rendered once. */
export type BoardLens = { readonly language: Language; readonly zone: string; readonly supervisor: boolean };

export type Phrase = { readonly id: PhraseId; readonly title: string; readonly en: string; readonly es: string; readonly editedBy: string | undefined; readonly editedAt: Instant };

export type AuditRow = {
  readonly id: number;
  readonly at: Instant;
  readonly name: string | undefined;
  readonly act: string;
  readonly subjectKind: string;
  /** The conversation that it was about, by itself or through a concern or call-back of it. */
  readonly conversationId: string | undefined;
  /** Where the subject is a member. */
  readonly subjectName: string | undefined;
  readonly reason: string | undefined;
};
