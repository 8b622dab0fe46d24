import { z } from "zod";

const short = z.string().max(400).default("");

export const signInForm = z.object({ signInName: short, passphrase: z.string().max(2000).default("") });
export const recoveryForm = z.object({ signInName: short, code: short });
export const emailForm = z.object({ email: z.string("emailWrong").trim().max(200, "emailWrong").pipe(z.email("emailWrong")) });
export const codeForm = z.object({ code: short });
