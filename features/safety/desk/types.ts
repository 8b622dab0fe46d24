import type { MemberId } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { CaseId, CaseReason, Decision, DecisionId, DeskRole, InItsRoom, Priority, RuleId, Settlement, StrikeKind, SubjectKind } from "../types.ts";
import type { Pairing } from "./pairing/types.ts";

/** Why an act is not possible now; each has its sentence (`refused_…`). */
export type Refusal = {
  readonly refused:
    | "someoneHasIt"
    | "restFirst"
    | "nothingWaits"
    | "inItsRoom"
    | "youHaveItYourself"
    | "someoneSitsAlready"
    | "nobodyToSitWith"
    | "notPossible"
    | "opinionWaits"
    | "appealFirst"
    | "herOwn"
    | "needsRule"
    | "needsNote"
    | "needsDays"
    | "needsColleague"
    | "noDecision"
    | "struckAlready"
    | "askedAlready"
    | "noQuestion"
    | "youAsked"
    | "youDecided"
    | "noAppeal"
    | "appealOver"
    | "appealedAlready"
    | "looksAlready"
    | "reviewOwed"
    | "notAppealable";
};
export const isRefusal = (value: unknown): value is Refusal => typeof value === "object" && value !== null && "refused" in value;

/** Who took a case, and when there was the last sign of her. */
export type Claim = { readonly memberId: MemberId; readonly seenAt: Instant };

/** All that decides what can be done with a case. */
export type CaseState = {
  readonly kind: SubjectKind;
  readonly waiting: boolean;
  /** She who asks wrote it herself. */
  readonly herOwn: boolean;
  readonly claim: Claim | undefined;
  /** The newest decision. */
  readonly last: { readonly id: DecisionId; readonly decision: Decision; readonly by: MemberId; readonly at: Instant; readonly struck: boolean } | undefined;
  /** Asked for, and not given yet. */
  readonly opinionAskedBy: MemberId | undefined;
  readonly opinionsBy: readonly MemberId[];
  /** An appeal of the newest decision, not answered yet. */
  readonly appealWaits: boolean;
};

/** A case as the list of what waits shows it. */
export type CaseInQueue = {
  readonly id: CaseId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly priority: Priority;
  readonly waitingSince: Instant;
  readonly reasons: readonly { readonly reason: CaseReason; readonly why: readonly string[] }[];
  readonly holder: { readonly memberId: MemberId; readonly name: string } | undefined;
  readonly opinionAskedBy: MemberId | undefined;
  /** How it stands in the room that acts on it. */
  readonly room?: InItsRoom | undefined;
  /** Who sits with whom; undefined where nobody is asked to. */
  readonly pairing?: Pairing | undefined;
};

export type ReasonShown = { readonly reason: CaseReason; readonly priority: Priority; readonly why: readonly string[]; readonly at: Instant; readonly answered: boolean };
export type DecisionShown = { readonly id: DecisionId; readonly decision: Decision; readonly rule: RuleId | undefined; readonly note: string | undefined; readonly name: string; readonly at: Instant };
export type OpinionShown = { readonly id: string; readonly askedBy: string; readonly question: string | undefined; readonly askedAt: Instant; readonly given: { readonly by: string; readonly would: Decision; readonly words: string | undefined; readonly at: Instant } | undefined };
/** What its room did with it. `name`: who did it; undefined: nobody of ours. */
export type SettledShown = { readonly how: Settlement; readonly name: string | undefined; readonly at: Instant };
export type AppealShown = { readonly words: string | undefined; readonly madeAt: Instant; readonly answered: { readonly name: string; readonly outcome: "stands" | "gave_way"; readonly words: string | undefined; readonly at: Instant } | undefined };
export type StrikeShown = { readonly kind: StrikeKind; readonly rule: RuleId; readonly note: string | undefined; readonly at: Instant; readonly endsAt: Instant | undefined; readonly liftedAt: Instant | undefined };

/** A case as its own page shows it. */
export type CaseShown = {
  readonly id: CaseId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly priority: Priority;
  readonly waitingSince: Instant | undefined;
  readonly state: CaseState;
  readonly holder: string | undefined;
  /** Who else has it open now. */
  readonly viewers: readonly string[];
  readonly reasons: readonly ReasonShown[];
  readonly decisions: readonly DecisionShown[];
  readonly opinions: readonly OpinionShown[];
  readonly appeals: readonly AppealShown[];
  readonly settlements: readonly SettledShown[];
  /** Who sat with whom, and who does now: the last that has not ended. */
  readonly pairings: readonly Pairing[];
  /** Of this author, in this and in other cases. */
  readonly strikes: readonly StrikeShown[];
  /** It was written without a name. */
  readonly withoutName: boolean;
  /** The words on it are gone with what it was about. */
  readonly erased: boolean;
};

/** What an author is told of a decision about her own. */
export type DecisionToAuthor = {
  readonly id: DecisionId;
  readonly decision: Decision;
  readonly rule: RuleId | undefined;
  readonly note: string | undefined;
  readonly byRole: DeskRole;
  readonly at: Instant;
  /** Undefined: this decision cannot be appealed, or the time for it is over. */
  readonly appeal: { readonly state: "open"; readonly until: Instant } | { readonly state: "waits"; readonly madeAt: Instant } | { readonly state: "stands" | "gave_way"; readonly words: string | undefined; readonly at: Instant } | undefined;
  readonly strike: { readonly kind: StrikeKind; readonly rule: RuleId; readonly note: string | undefined; readonly endsAt: Instant | undefined; readonly liftedAt: Instant | undefined } | undefined;
};
