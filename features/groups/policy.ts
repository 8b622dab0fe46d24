import type { Role } from "../../platform/http/scope.ts";

/**
 * Who may do what with groups, and on which condition: `any`; `own` (who holds the key of a seat, or wrote it); `leads` (a facilitator of it, or who covers).
 * A row that names no role for an act means: never. Read by the gates, the menu and the printed matrix.
 */
export type Condition = "any" | "own" | "leads";

const everyone = { visitor: "any", parent: "any", member: "any", volunteer: "any", facilitator: "any", moderator: "any", supervisor: "any", coordinator: "any" } as const;
const seated = { visitor: "own", parent: "own", member: "own", volunteer: "own", facilitator: "own", moderator: "own", supervisor: "own", coordinator: "own" } as const;

export const policy = {
  find: everyone,
  saveSeat: everyone,
  keepSeat: seated,
  proposeSeries: { facilitator: "any", coordinator: "any" },
  approveSeries: { coordinator: "any" },
  endSeries: { coordinator: "any" },
  changeSession: { facilitator: "leads", coordinator: "any" },
  writeToSeats: { facilitator: "leads", coordinator: "any" },
  seeRoster: { facilitator: "leads" },
  leadSession: { facilitator: "leads" },
  readIncidents: { coordinator: "any" },
  /** A coordinator those alone whose writer wants to talk (evening/reports). */
  readDebriefs: { facilitator: "own", coordinator: "any" },
  recordTraining: { coordinator: "any" },
  seeHealth: { coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

export type GroupsAct = keyof typeof policy;

/** The roles that an act admits on some condition, for its route's gate. */
export const admitted = (act: GroupsAct): Role[] => Object.keys(policy[act]) as Role[];

/** May someone with these roles do this, given whether she leads the session? */
export function may(act: GroupsAct, roles: Iterable<Role>, leads: boolean): boolean {
  const row: Partial<Record<Role, Condition>> = policy[act];
  return [...roles].some((role) => row[role] === "any" || (row[role] === "leads" && leads));
}
