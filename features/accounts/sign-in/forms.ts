import { z } from "zod";

const short = z.string().max(400).default("");

/** "Others use this device": a box beside each way in. */
export const sharedDevice = z.literal("yes").optional().catch(undefined).transform((ticked) => ticked !== undefined);

export const sharedForm = z.object({ shared: sharedDevice });
export const signInForm = z.object({ signInName: short, passphrase: z.string().max(2000).default(""), shared: sharedDevice });
export const recoveryForm = z.object({ signInName: short, code: short, shared: sharedDevice });
export const emailForm = z.object({ email: z.string("emailWrong").trim().max(200, "emailWrong").pipe(z.email("emailWrong")) });
export const codeForm = z.object({ code: short });
