import { z } from "zod";
import { isId } from "../../../../platform/http/ids.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { ranks } from "../types.ts";

/** A day and a time as a field sends them, on the wall clock of whoever fills it in. */
const wall = z.string("timeWrong").trim().transform((text, context) => {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: "reject" });
  } catch {
    context.addIssue({ code: "custom", message: "timeWrong" });
    return z.NEVER;
  }
});

export const shiftForm = z.object({
  memberId: z.string("chooseWho").refine(isId, "chooseWho").transform((id) => id as MemberId),
  rank: z.enum(ranks, "chooseRank"),
  from: wall,
  until: wall,
});

const text = z.string("fallbackMissing").trim().min(1, "fallbackMissing").max(2000, "fallbackLong");
export const fallbackForm = z.object({ en: text, es: text });
