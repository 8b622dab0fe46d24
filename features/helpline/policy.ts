import type { Role } from "../../platform/http/scope.ts";

/**
 * Who may do what on the helpline, and on which condition:
 * `own` (her own conversation), `holding` (she took it, or was asked in), `any`.
 * A row that names no role for an act means: never. Read by the gates, the desk's menu and the printed matrix.
 */
export type Condition = "any" | "own" | "holding";

export const policy = {
  openConversation: { visitor: "any", parent: "any", member: "any", volunteer: "any", facilitator: "any", moderator: "any", supervisor: "any", coordinator: "any" },
  readConversation: { parent: "own", volunteer: "holding", supervisor: "any" },
  writeMessage: { parent: "own", volunteer: "holding", supervisor: "holding" },
  writeNote: { volunteer: "holding", supervisor: "any" },
  eraseConversation: { parent: "own" },
  goOnDuty: { volunteer: "any", supervisor: "any" },
  seeQueue: { volunteer: "any", supervisor: "any" },
  takeConversation: { volunteer: "any", supervisor: "any" },
  handOver: { volunteer: "holding", supervisor: "holding" },
  inviteSupervisor: { volunteer: "holding", supervisor: "holding" },
  joinConversation: { supervisor: "any" },
  refer: { volunteer: "holding", supervisor: "holding" },
  raiseConcern: { volunteer: "holding", supervisor: "any" },
  acknowledgeConcern: { supervisor: "any", coordinator: "any" },
  blockOpener: { volunteer: "holding", supervisor: "any" },
  closeConversation: { volunteer: "holding", supervisor: "holding" },
  revealContact: { volunteer: "holding", supervisor: "any", coordinator: "any" },
  seeBoard: { supervisor: "any", coordinator: "any" },
  liftBlock: { supervisor: "any", coordinator: "any" },
  editPhrases: { coordinator: "any" },
  seeAudit: { coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, Condition>>>;

export type HelplineAct = keyof typeof policy;

/** May someone with these roles do this, given whether she holds the conversation? */
export function may(act: HelplineAct, roles: Iterable<Role>, holding: boolean): boolean {
  const row: Partial<Record<Role, Condition>> = policy[act];
  return [...roles].some((role) => row[role] === "any" || (row[role] === "holding" && holding));
}

/** The roles that an act admits on some condition, for its route's gate. */
export function admitted(act: HelplineAct): Role[] {
  return Object.keys(policy[act]) as Role[];
}
