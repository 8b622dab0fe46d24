import { z } from "zod";
import { flatColumns, neededColumns, type FlatColumn } from "./flat/rules.ts";
import { baseOf } from "./pulling/rules.ts";
import type { Mapping } from "./types.ts";

const name = z.string().trim().max(120, "nameLong").default("");
const country = z.string("countryMissing").regex(/^[A-Z]{2}$/, "countryMissing");

/** A source that is known, or the name of a new one and where its places are. */
export const uploadForm = z
  .object({ known: z.union([z.uuid(), z.literal("")]).catch(""), name, country })
  .superRefine(({ known, name }, context) => {
    if (known === "" && name === "") context.addIssue({ code: "custom", message: "sourceMissing", path: ["name"] });
  });
export type UploadForm = z.output<typeof uploadForm>;

/** Another directory that answers by the standard's API. */
export const sourceForm = z.object({
  name: name.refine((typed) => typed !== "", "sourceMissing"),
  url: z.string().max(500).default("").transform((typed, context) => {
    const base = baseOf(typed);
    if (base !== undefined) return base;
    context.addIssue({ code: "custom", message: "urlWrong" });
    return z.NEVER;
  }),
  country,
});
export type SourceForm = z.output<typeof sourceForm>;

/** The field of a form that asks which of their columns is this one of ours. */
export const fieldOf = (column: FlatColumn): string => `column_${column}`;
const chosen = z.string().max(2_000).default("");
export const mappingForm = z.record(z.string(), chosen).transform((fields, context): Mapping => {
  const mapping = Object.fromEntries(flatColumns.flatMap((column) => (fields[fieldOf(column)] ? [[column, fields[fieldOf(column)] ?? ""]] : [])));
  for (const column of neededColumns) if (!mapping[column]) context.addIssue({ code: "custom", message: "columnMissing", path: [fieldOf(column)] });
  return mapping;
});
