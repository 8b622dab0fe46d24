import { roles, signedInRoles, type Role, type SignedInRole, type StaffRole } from "../../platform/http/scope.ts";

type Rule = { readonly roles: readonly Role[]; readonly if?: string };
type SignedInRule = { readonly roles: readonly SignedInRole[]; readonly if?: string };
type StaffRule = { readonly roles: readonly StaffRole[]; readonly if?: string };

/** Who may do what with accounts. The gates read it, and a test prints it. */
export const openToAll = {
  "sign in": { roles },
  "accept an invitation": { roles, if: "the link is open: 7 days, once, not withdrawn" },
} as const satisfies Record<string, Rule>;

export const openToMembers = {
  "see and change her own account": { roles: signedInRoles, if: "who works here: after the second step" },
  "set up a second step": { roles: signedInRoles, if: "she has none, or has just taken it" },
  "take the second step": { roles: signedInRoles, if: "she has one, and has not taken it in this session" },
  "sign out": { roles: signedInRoles },
  "have her own devices pushed": { roles: signedInRoles },
} as const satisfies Record<string, SignedInRule>;

export const openToCoordinators = {
  "see people and their roles": { roles: ["coordinator"] },
  "invite and withdraw": { roles: ["coordinator"] },
  "give and end a role": { roles: ["coordinator"], if: "a coordinator remains" },
  "help somebody back in": { roles: ["coordinator"], if: "not herself" },
  "sign somebody out everywhere": { roles: ["coordinator"], if: "not herself, and she has shown within ten minutes that it is she" },
  "sign a member out, by her name": { roles: ["coordinator"], if: "as above; nothing of her is shown" },
} as const satisfies Record<string, StaffRule>;

/** The whole table as lines of text: one act a line, one role a column. */
export function matrix(): string {
  const rows = Object.entries({ ...openToAll, ...openToMembers, ...openToCoordinators } as Record<string, Rule>);
  const width = Math.max(...rows.map(([act]) => act.length));
  const head = `${" ".repeat(width)} | ${roles.join(" | ")}`;
  const cell = (rule: Rule, role: Role) => (rule.roles.includes(role) ? "yes" : "-").padEnd(role.length);
  return [head, ...rows.map(([act, rule]) => `${act.padEnd(width)} | ${roles.map((role) => cell(rule, role)).join(" | ")}${rule.if ? ` | if ${rule.if}` : ""}`.trimEnd())].join("\n");
}
