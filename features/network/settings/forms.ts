import { z } from "zod";
import { plainDate, plainTime } from "../../../platform/http/form.ts";
import { leastAges, type LeastAge, type PrivacySaid } from "../types.ts";

const whole = (least: number, most: number) =>
  z
    .string("numberBetween")
    .trim()
    .regex(/^\d{1,5}$/, "numberBetween")
    .transform(Number)
    .refine((days) => days >= least && days <= most, "numberBetween");

/** How many days each kind of record is kept; the same limits as in the database. */
export const retentionForm = z.object({ conversationDays: whole(1, 365), contactDays: whole(1, 90), auditDays: whole(90, 3650) });
const said = (most: number) => z.string().trim().max(most, "tooLong").default("");

/** Whom somebody asks about what is kept of her, to whom she complains, what the network adds in each language, and from which age the forum is open. */
export const privacyForm = z
  .object({ contact: said(200), complainTo: said(300), moreEn: said(4000), moreEs: said(4000), leastAge: z.enum(["none", ...leastAges.map(String)], "ageWrong") })
  .transform(({ contact, complainTo, moreEn, moreEs, leastAge }): PrivacyForm => ({ contact, complainTo, more: { en: moreEn, es: moreEs }, leastAge: leastAges.find((age) => String(age) === leastAge) }));
export type PrivacyForm = PrivacySaid & { readonly leastAge: LeastAge | undefined };

export type RetentionForm = z.output<typeof retentionForm>;

const clock = plainTime("timeWrong");

/** The same span on several weekdays. */
export const spanForm = z.object({
  days: z
    .array(z.enum(["1", "2", "3", "4", "5", "6", "7"], "daysMissing"))
    .min(1, "daysMissing")
    .transform((days) => [...new Set(days)].map(Number)),
  opens: clock,
  closes: clock,
});
export type SpanForm = z.output<typeof spanForm>;

const day = plainDate("dayWrong");

const maybeClock = z.union([z.literal("").transform(() => undefined), clock], "timeWrong").optional();

/** A day that differs: both times, or closed all day. */
export const exceptionForm = z
  .object({ onDay: day, closed: z.literal("yes").optional(), exceptionOpens: maybeClock, exceptionCloses: maybeClock })
  .transform(({ onDay, closed, exceptionOpens, exceptionCloses }, context) => {
    if (closed) return { onDay, hours: undefined };
    if (exceptionOpens && exceptionCloses) return { onDay, hours: { opens: exceptionOpens, closes: exceptionCloses } };
    context.addIssue({ code: "custom", message: "bothTimes", path: ["exceptionOpens"] });
    return z.NEVER;
  });
