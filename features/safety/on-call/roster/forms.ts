import { z } from "zod";
import { dayFrom, readBy } from "../../../../platform/http/form.ts";
import { isId } from "../../../../platform/http/ids.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { ranks } from "../types.ts";

/** A day, or a time of the day, as its field sends it, on the wall clock of whoever fills it in. */
const read = <T,>(from: (text: string) => T, problem: string) => z.string(problem).trim().transform(readBy(from, problem));
const day = read(dayFrom, "dayWrong");
const time = read((text) => Temporal.PlainTime.from(text, { overflow: "reject" }), "timeWrong");

export const shiftForm = z.object({
  memberId: z.string("chooseWho").refine(isId, "chooseWho").transform((id) => id as MemberId),
  rank: z.enum(ranks, "chooseRank"),
  fromDay: day,
  fromTime: time,
  untilDay: day,
  untilTime: time,
});

/** From when until when, in the zone that it was meant in. Where the clocks are changed, a time that is there twice is the earlier one. */
export const spanOf = ({ fromDay, fromTime, untilDay, untilTime }: Pick<z.output<typeof shiftForm>, "fromDay" | "fromTime" | "untilDay" | "untilTime">, zone: string) => ({
  from: fromDay.toPlainDateTime(fromTime).toZonedDateTime(zone).toInstant(),
  until: untilDay.toPlainDateTime(untilTime).toZonedDateTime(zone).toInstant(),
});

const text = z.string("fallbackMissing").trim().min(1, "fallbackMissing").max(2000, "fallbackLong");
export const fallbackForm = z.object({ en: text, es: text });
