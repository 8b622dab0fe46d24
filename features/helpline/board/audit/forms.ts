import { z } from "zod";

const text = z
  .string()
  .trim()
  .toLowerCase()
  .transform((typed) => typed || undefined);

/** What the audit view is narrowed to. It is posted, so that no name and no conversation stands in an address. */
export const auditForm = z.object({
  member: text.pipe(z.uuid("idUnknown").optional()).optional(),
  /** The number of a conversation, or how it begins: eight signs tell two apart. */
  conversation: text.pipe(z.string().regex(/^[0-9a-f]{8}[0-9a-f-]{0,28}$/, "idUnknown").optional()).optional(),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});
export type AuditFilter = z.output<typeof auditForm>;
