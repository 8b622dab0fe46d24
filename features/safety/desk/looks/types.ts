import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { CaseId, DeskRole, SubjectKind } from "../../types.ts";

/** What is closed to the desk itself: the words of what was removed, the name behind an alias. */
export const privateThings = ["words", "name"] as const;
export type PrivateThing = (typeof privateThings)[number];

export const lookReasons = ["danger", "appeal", "report", "law"] as const;
export type LookReason = (typeof lookReasons)[number];

export type Look = {
  readonly id: string;
  readonly caseId: CaseId;
  readonly what: PrivateThing;
  readonly reason: LookReason;
  readonly note: string | undefined;
  readonly askedBy: MemberId;
  readonly name: string;
  readonly askedAt: Instant;
  /** A second person has said yes or no. */
  readonly agreed: boolean | undefined;
  readonly endsAt: Instant | undefined;
  /** Of a look alone: until when another reviews it. */
  readonly reviewDueAt: Instant | undefined;
  readonly wasRight: boolean | undefined;
};

/** A look as the member is told of it, whose things they are. */
export type LookToMember = {
  readonly what: PrivateThing;
  readonly reason: LookReason;
  readonly byRole: DeskRole;
  readonly at: Instant;
  readonly until: Instant;
  /** A second person agreed before. */
  readonly agreed: boolean;
  /** Of a look alone: what another found; undefined while it waits. */
  readonly wasRight: boolean | undefined;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
};
