import { z } from "zod";
import { prefixesIn } from "../../areas/parts/rules.ts";
import type { AreaId } from "../../types.ts";

const name = z.string("partNameMissing").trim().min(1, "partNameMissing").max(60, "partNameTooLong");

/** A part of a region: what it is called in each language, and how its postal codes begin. */
export const partForm = z.object({
  region: z.string("partRegionUnknown").min(1, "partRegionUnknown").max(20, "partRegionUnknown").transform((id) => id as AreaId),
  nameEn: name,
  nameEs: name,
  prefixes: z
    .string("partPrefixesMissing")
    .max(600, "partPrefixesTooLong")
    .transform(prefixesIn)
    .refine((all) => all.length > 0, "partPrefixesMissing")
    .refine((all) => all.length <= 60, "partPrefixesTooLong"),
});

export const endPartForm = z.object({ area: z.string().max(80).transform((id) => id as AreaId) });
