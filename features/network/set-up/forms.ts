import { z } from "zod";
import { networkForm } from "../forms.ts";

/** The network and its first coordinator, on one page. */
export const setUpForm = networkForm.extend({
  name: z.string("missing").trim().min(1, "missing").max(60, "tooLong"),
  signInName: z
    .string("signInNameWrong")
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{3,40}$/, "signInNameWrong"),
  passphrase: z.string("passphraseShort").max(2000, "passphraseLong"),
});
export type SetUpForm = z.output<typeof setUpForm>;
