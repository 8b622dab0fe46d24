import type { Role, StaffRole } from "../../platform/http/scope.ts";

/**
 * Who may do what at the safety desk. Whatever she wrote herself is on nobody's desk for her, whatever her role.
 * `another`: somebody else than who decided, asked or looked.
 */
export type Condition = "any" | "another" | "own";

export const policy = {
  seeDesk: { moderator: "any", supervisor: "any" },
  claimCase: { moderator: "any", supervisor: "any" },
  decide: { moderator: "any", supervisor: "any" },
  askForOpinion: { moderator: "any", supervisor: "any" },
  giveOpinion: { moderator: "another", supervisor: "another" },
  giveStrike: { moderator: "any", supervisor: "any" },
  appeal: { member: "own" },
  look: { moderator: "any", supervisor: "any" },
  answerLook: { moderator: "another", supervisor: "another" },
  seeLooksAtHers: { member: "own" },
  lookAfterHerself: { moderator: "own", supervisor: "own" },
  handOverDesk: { moderator: "any", supervisor: "any" },
  answerWish: { supervisor: "another" },
  decideAppeal: { moderator: "another", supervisor: "another" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

export type SafetyAct = keyof typeof policy;

/** The roles that an act admits, for its route's gate. */
export const admitted = (act: SafetyAct): StaffRole[] => Object.keys(policy[act]).filter((role) => role !== "member") as StaffRole[];
