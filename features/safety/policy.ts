import type { Role } from "../../platform/http/scope.ts";
import { subjectKinds, type SubjectKind } from "./types.ts";

/**
 * Who may do what at the safety desk, and on which condition:
 * `asked` (a step of the ladder asked her), `has` (she said "I have it"), `another` (somebody else than who decided, asked or looked), `own`, `any`.
 * Whatever she wrote herself is on nobody's desk for her, whatever her role. A row that names no role for an act means: never. Read by the gates, the commands and the printed matrix.
 */
export type Condition = "any" | "asked" | "has" | "another" | "own";

export const policy = {
  seeDesk: { moderator: "any", supervisor: "any", coordinator: "any" },
  claimCase: { moderator: "any", supervisor: "any", coordinator: "any" },
  /** To sit with whoever has what is most urgent. */
  sitWith: { moderator: "another", supervisor: "another", coordinator: "another" },
  decide: { moderator: "any", supervisor: "any" },
  askForOpinion: { moderator: "any", supervisor: "any" },
  giveOpinion: { moderator: "another", supervisor: "another" },
  giveStrike: { moderator: "any", supervisor: "any" },
  appeal: { member: "own" },
  look: { moderator: "any", supervisor: "any" },
  answerLook: { moderator: "another", supervisor: "another" },
  seeLooksAtHers: { member: "own" },
  lookAfterHerself: { moderator: "own", supervisor: "own", coordinator: "own" },
  handOverDesk: { moderator: "any", supervisor: "any", coordinator: "any" },
  answerWish: { supervisor: "another" },
  decideAppeal: { moderator: "another", supervisor: "another" },
  /** Who can be given a shift; once nobody has answered, "everybody" are all of these. */
  beOnCall: { volunteer: "any", facilitator: "any", moderator: "any", supervisor: "any", coordinator: "any" },
  seeRoster: { moderator: "any", supervisor: "any", coordinator: "any" },
  giveShift: { supervisor: "any", coordinator: "any" },
  writeFallback: { coordinator: "any" },
  /** To read that somebody is needed, and to say "I have it". What it is about stands behind a gate of its own. */
  seePage: { volunteer: "asked", facilitator: "asked", moderator: "any", supervisor: "any", coordinator: "any" },
  closePage: { volunteer: "has", facilitator: "has", moderator: "has", supervisor: "any", coordinator: "any" },
  askForDisclosure: { volunteer: "has", facilitator: "has", moderator: "has", supervisor: "any", coordinator: "any" },
  /** The second of the two; never who asked (`mayAgree`). */
  agreeToDisclosure: { moderator: "any", supervisor: "any", coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

/**
 * Whose desk a kind of case is on: whoever may act on it in its own room (the policies of the helpline, the groups and the directory).
 * The wall around the tables says the same (`kinds_on_her_desk`).
 */
export const deskKinds = { post: ["moderator", "supervisor"], group: ["coordinator"], concern: ["supervisor", "coordinator"], listing: ["coordinator"] } as const satisfies Record<SubjectKind, readonly Role[]>;

/** The kinds of case on the desk of somebody with these roles. */
export const kindsFor = (roles: Iterable<Role>): SubjectKind[] => {
  const hers = [...roles];
  return subjectKinds.filter((kind) => deskKinds[kind].some((role) => hers.includes(role)));
};

export type SafetyAct = keyof typeof policy;
export type Standing = { readonly asked: boolean; readonly has: boolean };

/** The roles that an act admits on some condition, for its route's gate. */
export const admitted = (act: SafetyAct): Role[] => Object.keys(policy[act]) as Role[];

/** May someone with these roles do this, given how she stands to the page? */
export function may(act: SafetyAct, roles: Iterable<Role>, { asked, has }: Standing = { asked: false, has: false }): boolean {
  const row: Partial<Record<Role, Condition>> = policy[act];
  return [...roles].some((role) => row[role] === "any" || (row[role] === "asked" && asked) || (row[role] === "has" && has));
}
