import { z } from "zod";

const text = (most: number) => z.string().trim().max(most, "offerTooLong");

export const findForm = z.object({ place: z.string().max(400).transform((typed) => typed.slice(0, 80)).default("") });

/** An offer to look after a place: who she is, how we answer, and what else she wants to say. */
export const offerForm = z.object({
  name: text(80).min(1, "offerNameMissing"),
  contact: text(200).min(3, "offerContactMissing"),
  why: text(2000).default(""),
});
export type OfferForm = z.output<typeof offerForm>;
