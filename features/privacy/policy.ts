import type { Role } from "../../platform/http/scope.ts";

/** Who may do what with the papers of this room. What everybody reads of herself needs no line here. Read by the gates. */
export const policy = {
  readRegister: { coordinator: "any" },
  keepBreaches: { coordinator: "any", supervisor: "any" },
  readAssessment: { coordinator: "any" },
} as const satisfies Record<string, Partial<Record<Role, "any">>>;

export type PrivacyAct = keyof typeof policy;
