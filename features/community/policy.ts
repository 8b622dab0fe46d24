import type { Role } from "../../platform/http/scope.ts";

/**
 * Who may do what in the community, and on which condition: `any`; `open` (in a space that is for everyone, or that she joined); `own` (what she wrote).
 * A row that names no role for an act means: never. Read by the gates and the printed matrix.
 */
export type Condition = "any" | "open" | "own";

const everyone = { visitor: "any", parent: "any", member: "any", volunteer: "any", facilitator: "any", moderator: "any", supervisor: "any", coordinator: "any" } as const;

export const policy = {
  readAbout: everyone,
  join: everyone,
  seeSpaces: { member: "any", moderator: "any" },
  joinSpace: { member: "any" },
  readTopics: { member: "open", moderator: "any" },
  write: { member: "open" },
  changeOwn: { member: "own" },
  warm: { member: "open" },
  offerToAnswer: { member: "open" },
  report: { member: "open" },
  hide: { member: "any" },
  leave: { member: "own" },
  keepSpaces: { coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

export type CommunityAct = keyof typeof policy;

/** The roles that an act admits on some condition, for its route's gate. */
export const admitted = (act: CommunityAct): Role[] => Object.keys(policy[act]) as Role[];
