import type { MemberId } from "../../../../platform/http/scope.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { SessionId } from "../../types.ts";

/** What was written after an evening. `debrief`: what stays with her. `incident`: what happened, for a second reader. */
export type ReportKind = "debrief" | "incident";

export type Report = {
  readonly id: string;
  readonly kind: ReportKind;
  readonly by: MemberId | undefined;
  readonly name: string;
  /** Written by somebody who had a seat, under the name that she took there. */
  readonly bySeat: boolean;
  /** "Somebody may be in danger now." */
  readonly danger: boolean;
  readonly writtenAt: Instant;
  readonly session: SessionId;
  /** Of a debrief: she wants to talk with somebody. */
  readonly wantsTalk: boolean;
  readonly readAt: Instant | undefined;
  readonly words: string;
};
