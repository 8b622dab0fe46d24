import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { handleTyped, soundsLikeUs } from "../names/rules.ts";

const handle = z.string("handleWrong").transform((text, context) => {
  const typed = handleTyped(text);
  const wrong = typed === undefined ? "handleWrong" : soundsLikeUs(typed) ? "handleOurs" : undefined;
  if (typed !== undefined && wrong === undefined) return typed;
  context.addIssue({ code: "custom", message: wrong ?? "handleWrong" });
  return z.NEVER;
});

/** `asksAge`: from some age on the forum is open here. Whoever says that she is younger is shown what else there is; both are answers. */
export const joinForm = (asksAge: boolean) =>
  z.object({
    key: z.uuid("formLost"),
    handle,
    language: z.enum(languages, "languageMissing"),
    ...(asksAge ? { age: z.enum(["old", "young"], "ageMissing") } : {}),
    // Both are asked for, since each can be said no to; only the rules open the door.
    rules: z.literal("yes", "rulesMissing"),
    collect: z.literal("yes", "collectMissing"),
    shared: z.literal("yes").optional().catch(undefined).transform((ticked) => ticked !== undefined),
  });
