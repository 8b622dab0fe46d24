import type { Role } from "../../platform/http/scope.ts";

/**
 * Who may do what in the directory. `any`; `own`: who holds the link to her own listing.
 * A row that names no role for an act means: never. Read by the gates, the desk's menu and the printed matrix.
 */
export type Condition = "any" | "own";

const everyone = { visitor: "any", parent: "any", member: "any", volunteer: "any", facilitator: "any", moderator: "any", supervisor: "any", coordinator: "any" } as const;

export const policy = {
  find: everyone,
  readListing: everyone,
  reportListing: everyone,
  readLedger: everyone,
  readOpenData: everyone,
  keepOwnListing: { visitor: "own", parent: "own", member: "own", volunteer: "own", facilitator: "own", moderator: "own", supervisor: "own", coordinator: "own" },
  tendListings: { coordinator: "any" },
  mergeListings: { coordinator: "any" },
  importListings: { coordinator: "any" },
  giveSeats: { coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

export type DirectoryAct = keyof typeof policy;

/** The roles that an act admits on some condition, for its route's gate. */
export const admitted = (act: DirectoryAct): Role[] => Object.keys(policy[act]) as Role[];
