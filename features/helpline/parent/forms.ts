import { z } from "zod";
import { languages } from "../../../platform/i18n/words.ts";
import { longestMessage } from "../rules.ts";
import { abouts, callBackWays, safeWays, stages } from "../types.ts";

/** A choice that may be skipped: anything that is not one of ours counts as skipped. */
const skippable = <T extends string>(choices: readonly [T, ...T[]]) => z.enum(choices).optional().catch(undefined);
const trimmed = (max: number, problem: string) =>
  z
    .string()
    .trim()
    .max(max, problem)
    .optional()
    .transform((text) => text || undefined);

export const startForm = z.object({
  key: z.uuid("problemForm"),
  nickname: trimmed(40, "problemNicknameLong"),
  language: z.enum(languages).optional().catch(undefined),
  about: skippable(abouts),
  stage: skippable(stages),
  words: trimmed(longestMessage, "problemWordsLong"),
  danger: z.enum(["yes", "no", "skip"]).catch("skip"),
});

export const messageForm = z.object({
  key: z.uuid("problemForm"),
  words: z.string("messageEmpty").trim().min(1, "messageEmpty").max(longestMessage, "problemWordsLong"),
});

export const shownForm = z.object({ seq: z.coerce.number().int().min(0).max(1_000_000_000) });

export const backForm = z.object({ words: z.string("backUnknown").max(400, "backUnknown") });

export const helpedForm = z.object({ helped: z.enum(["yes", "some", "no"]) });

// Each part begins where the one before it cannot go on, so no text takes more than one look.
const reachable = /^(?:\+?[\d\s().-]{5,25}|[^\s@]+@[^\s@.]+\.[^\s@]+)$/;

export const callBackForm = z
  .object({
    way: z.enum(callBackWays, "problemWay"),
    contact: z.string("problemContact").trim().max(120, "problemContact").pipe(z.string().regex(reachable, "problemContact")),
    safeWay: z.enum(safeWays, "problemSafeWay"),
    bestTime: z.enum(["any", "morning", "afternoon", "evening"]).catch("any"),
  })
  .refine(({ way, safeWay }) => !(way === "call" && safeWay === "text_only"), { path: ["safeWay"], message: "problemTextOnly" })
  .refine(({ way, contact }) => (way === "email") === contact.includes("@"), { path: ["contact"], message: "problemContact" });
