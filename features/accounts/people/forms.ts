import { z } from "zod";
import { dayFrom, readBy } from "../../../platform/http/form.ts";
import { staffRoles } from "../../../platform/http/scope.ts";

/** A day as a date field sends it; empty means "no end". */
const day = z.string().trim().transform(readBy((text) => (text === "" ? undefined : dayFrom(text)), "dayWrong"));

export const email = z
  .string()
  .trim()
  .max(200, "emailWrong")
  .refine((text) => text === "" || z.email().safeParse(text).success, "emailWrong")
  .transform((text) => (text === "" ? undefined : text));

export const invitationForm = z.object({
  forName: z.string("forNameMissing").trim().min(1, "forNameMissing").max(60, "nameLong"),
  roles: z.array(z.enum(staffRoles)).min(1, "rolesMissing"),
  lastDay: day.optional(),
  email: email.optional(),
});

export const roleForm = z.object({ role: z.enum(staffRoles, "rolesMissing"), lastDay: day.optional() });

/** Whom a coordinator signs out who is on no list. */
export const memberForm = z.object({ member: z.string("memberMissing").normalize("NFC").trim().min(1, "memberMissing").max(60, "nameLong") });
