import { z } from "zod";
import type { ListName } from "../rules.ts";

/** The most records of one page, by how much is said of each. */
export const mostPerPage = { full: 100, flat: 1_000, minimal: 10_000 } as const;
export const usualPerPage = 50;
/** Pages reach this far into a list. Whoever wants all of it asks for `format=ndjson`, which goes on from record to record. */
export const deepest = 100_000;

/* A message is a key of words. */
const id = z.guid("id").transform((text) => text.toLowerCase()).optional();
const text = (most: number) => z.string("text").max(most, "long").transform((typed) => typed.toWellFormed().replaceAll("\0", "").trim()).optional();
const flag = z.union([z.boolean(), z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1")], "flag").default(false);
const whole = z.union([z.int("whole"), z.string().regex(/^\d{1,9}$/).transform(Number)], "whole").pipe(z.int("whole").min(1, "whole"));
const metres = z.union([z.number("metres"), z.string().regex(/^\d{1,7}(\.\d+)?$/).transform(Number)], "metres").pipe(z.number("metres").min(1, "metres").max(500_000, "metres")).optional();

const earliest = Temporal.Instant.from("1970-01-01T00:00Z");
const latest = Temporal.Instant.from("9999-01-01T00:00Z");

/** A moment; without an offset, or as a day, it is meant in UTC. */
const moment = z
  .string("moment")
  .transform((typed, context) => {
    const at = momentOf(typed);
    if (at && Temporal.Instant.compare(at, earliest) >= 0 && Temporal.Instant.compare(at, latest) < 0) return at;
    context.addIssue({ code: "custom", message: "moment" });
    return z.NEVER;
  })
  .optional();

function momentOf(typed: string): Temporal.Instant | undefined {
  // A plus in an address that was not written as %2B comes as a space.
  const text = typed.trim().replace(/ (?=\d\d:?\d\d$)/, "+");
  for (const read of [() => Temporal.Instant.from(text), () => Temporal.PlainDateTime.from(text).toZonedDateTime("UTC").toInstant()])
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  return undefined;
}

const paging = { search: text(200), page: whole.default(1), per_page: whole.default(usualPerPage), format: z.enum(["json", "ndjson"], "format").default("json") };
const terms = { taxonomy_term_id: id, taxonomy_id: id };

/** What each list may be asked, by the standard; `country` of a postal code is ours. */
export const listShapes = {
  services: { ...paging, ...terms, organization_id: id, modified_after: moment, minimal: flag, full: flag },
  service_at_locations: { ...paging, ...terms, organization_id: id, modified_after: moment, full: flag, postcode: text(12), proximity: metres, country: z.string("country").regex(/^[a-z]{2}$/i, "country").transform((code) => code.toUpperCase()).optional() },
  organizations: { ...paging, ...terms, full: flag, full_service: flag },
  taxonomies: paging,
  taxonomy_terms: { ...paging, taxonomy_id: id, parent_id: id, top_only: flag },
} as const satisfies Record<ListName, z.ZodRawShape>;

/** Everything that some list may be asked; what a list may not be asked stays undefined. */
export type Asked = {
  readonly search?: string | undefined;
  readonly page: number;
  readonly per_page: number;
  readonly format: "json" | "ndjson";
  readonly taxonomy_term_id?: string | undefined;
  readonly taxonomy_id?: string | undefined;
  readonly organization_id?: string | undefined;
  readonly parent_id?: string | undefined;
  readonly top_only?: boolean;
  readonly modified_after?: Temporal.Instant | undefined;
  readonly minimal?: boolean;
  readonly full?: boolean;
  readonly full_service?: boolean;
  readonly postcode?: string | undefined;
  readonly proximity?: number | undefined;
  readonly country?: string | undefined;
};

const listForm = (shape: z.ZodRawShape): z.ZodType<Asked> =>
  z.strictObject(shape).superRefine((value, context) => {
    const { page, per_page, minimal, full, full_service, proximity, postcode } = value as Asked;
    if (minimal && full) context.addIssue({ code: "custom", path: ["minimal"], message: "either" });
    const most = mostPerPage[full || full_service ? "full" : minimal ? "minimal" : "flat"];
    if (per_page > most) context.addIssue({ code: "custom", path: ["per_page"], message: "many", params: { most } });
    else if (page * per_page > deepest) context.addIssue({ code: "custom", path: ["page"], message: "deep", params: { most: deepest } });
    if (proximity !== undefined && !postcode) context.addIssue({ code: "custom", path: ["proximity"], message: "alone" });
  }) as unknown as z.ZodType<Asked>;

/** The parameters of each list. */
export const listForms = Object.fromEntries(Object.entries(listShapes).map(([list, shape]) => [list, listForm(shape)])) as unknown as Readonly<Record<ListName, z.ZodType<Asked>>>;
export const listFields: Readonly<Record<ListName, readonly string[]>> = Object.fromEntries(Object.entries(listShapes).map(([list, shape]) => [list, Object.keys(shape)])) as unknown as Record<ListName, string[]>;
/** What an organization may be asked by its id. */
export const organizationShape = { full_service: flag };
const asOrganization = z.strictObject(organizationShape);
const asIs = z.strictObject({}).transform(() => ({ full_service: false }));
/** What one record may be asked by its id. */
export const recordForm = (list: ListName): z.ZodType<{ full_service: boolean }> => (list === "organizations" ? asOrganization : asIs);
export const recordFields = (list: ListName): readonly string[] => (list === "organizations" ? ["full_service"] : []);
