import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { isZone } from "../../../platform/time/time.ts";
import { email } from "../people/forms.ts";
import { sharedDevice } from "../sign-in/forms.ts";
import { signInNameTyped } from "../sign-in/rules.ts";

const signInName = z.string("signInNameWrong").transform((text, context) => {
  const name = signInNameTyped(text);
  if (name !== undefined) return name;
  context.addIssue({ code: "custom", message: "signInNameWrong" });
  return z.NEVER;
});

/** Who somebody is here: asked when she joins, and on her account page. */
export const detailsForm = z.object({
  name: z.string("nameMissing").trim().min(1, "nameMissing").max(60, "nameLong"),
  signInName,
  language: z.enum(languages, "languageMissing"),
  zone: z.string("zoneWrong").max(64, "zoneWrong").refine(isZone, "zoneWrong"),
  email: email.optional(),
});

/** Joining: the details and a passphrase; with a passkey the passphrase stays empty. */
export const joinForm = detailsForm.extend({ passphrase: z.string().max(2000, "passphraseLong").default(""), challenge: z.string().max(40).default(""), passkey: z.string().max(40_000).default(""), shared: sharedDevice });
export type JoinForm = z.output<typeof joinForm>;
