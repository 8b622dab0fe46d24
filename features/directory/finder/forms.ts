import { z } from "zod";
import { isTerm } from "../taxonomy/rules.ts";
import { reaches, usualReach } from "./asks/rules.ts";
import type { Wish } from "./types.ts";

const mostFacets = 40;
export const mostTyped = 200;

const isFacet = (value: string): boolean => isTerm(value) || /^l_[a-z]{2,3}$/.test(value);

/** A search as it may be posted. What is too long is cut, what is unknown is left out: nobody who is tired reads an error here. */
export const wishForm = (country: string) =>
  z
    .object({
      need: z.string().default(""),
      /** A button with ready words. */
      try: z.string().optional(),
      place: z.string().default(""),
      /** A button with another place of the same name. */
      other: z.string().optional(),
      facet: z.array(z.string()).default([]),
      room: z.string().optional(),
      reach: z.coerce.number().optional().catch(undefined),
    })
    .transform(
      (form): Wish => ({
        need: (form.try ?? form.need).slice(0, mostTyped),
        place: (form.other ?? form.place).slice(0, mostTyped),
        facets: [...new Set(form.facet.filter(isFacet))].slice(0, mostFacets),
        room: form.room === "yes",
        reach: reaches(country).find((one) => one === form.reach) ?? usualReach(country),
      }),
    );

export const nothingWished = (country: string): Wish => ({ need: "", place: "", facets: [], room: false, reach: usualReach(country) });
