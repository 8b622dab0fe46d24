import type { Noun } from "../../hsds/forms.ts";

/** What a file of a tabular export holds: a noun of the standard, or a shape of an older one (1.1, 2.0) that is read into a noun. */
export type Shape = Noun | "physical_address" | "postal_address" | "regular_schedule" | "holiday_schedule" | "service_taxonomy" | "other_attribute" | "eligibility" | "payment_accepted" | "taxonomy_v1" | "accessibility_v1";

/** File names without their ending, singular and plural as versions 1.1 to 3.1 and the programs that write them name them. */
const byName: Readonly<Record<string, Shape>> = {
  organization: "organization",
  program: "program",
  service: "service",
  location: "location",
  service_at_location: "service_at_location",
  services_at_location: "service_at_location",
  phone: "phone",
  contact: "contact",
  address: "address",
  addresse: "address",
  physical_address: "physical_address",
  physical_addresse: "physical_address",
  postal_address: "postal_address",
  postal_addresse: "postal_address",
  schedule: "schedule",
  regular_schedule: "regular_schedule",
  holiday_schedule: "holiday_schedule",
  funding: "funding",
  eligibility: "eligibility",
  eligibilitie: "eligibility",
  service_area: "service_area",
  required_document: "required_document",
  payment_accepted: "payment_accepted",
  payments_accepted: "payment_accepted",
  language: "language",
  accessibility: "accessibility",
  accessibility_for_disabilitie: "accessibility_v1",
  cost_option: "cost_option",
  taxonomy: "taxonomy_v1",
  taxonomie: "taxonomy",
  taxonomy_term: "taxonomy_term",
  services_taxonomy: "service_taxonomy",
  service_taxonomy: "service_taxonomy",
  service_taxonomie: "service_taxonomy",
  service_attribute: "service_taxonomy",
  attribute: "attribute",
  other_attribute: "other_attribute",
  metadata: "metadata",
  meta_table_description: "meta_table_description",
  organization_identifier: "organization_identifier",
  unit: "unit",
  service_capacity: "service_capacity",
  service_capacitie: "service_capacity",
  url: "url",
};

/** What the file of this name holds; undefined: nothing of the standard. */
export const shapeOf = (file: string): Shape | undefined => {
  const name = file.toLowerCase().replace(/\.csv$/, "").replaceAll("-", "_");
  return byName[name] ?? byName[name.replace(/s$/, "")];
};

/** Parents before children; what says more of a record comes right behind it. */
export const shapeOrder: readonly Shape[] = ["taxonomy", "taxonomy_v1", "taxonomy_term", "organization", "program", "service", "eligibility", "location", "address", "physical_address", "postal_address", "service_at_location", "contact", "phone", "schedule", "regular_schedule", "holiday_schedule", "language", "cost_option", "payment_accepted", "service_area", "unit", "service_capacity", "required_document", "funding", "accessibility", "accessibility_v1", "url", "organization_identifier", "service_taxonomy", "other_attribute", "attribute", "metadata", "meta_table_description"];

/** What is read without anything that stands in another table. */
export const readAlone: readonly Shape[] = ["service", "location", "schedule", "regular_schedule", "language"];

/** Headings of older versions, and what 3.1 calls them. */
const renamed: Partial<Readonly<Record<Shape, Readonly<Record<string, string>>>>> = {
  organization: { url: "website" },
  service: { fees_text: "fees" },
  language: { language: "name" },
  accessibility_v1: { accessibility: "description" },
  taxonomy_term: { term: "name" },
  taxonomy_v1: { term: "name" },
  service_area: { service_area: "name" },
  service_taxonomy: { taxonomy_id: "taxonomy_term_id", attribute_id: "taxonomy_term_id", taxonomy_detail: "value", service_id: "link_id" },
  other_attribute: { taxonomy_id: "taxonomy_term_id", link_type: "link_entity" },
  payment_accepted: { payment: "amount_description" },
  regular_schedule: { original_text: "description" },
  holiday_schedule: { start_date: "valid_from", end_date: "valid_to" },
  phone: { department: "description" },
};

/** The heading of a column as 3.1 names it. A heading that the file has under its new name already keeps its own. */
export function headingsOf(shape: Shape, headings: readonly string[]): readonly string[] {
  const names = headings.map((heading) => heading.trim().toLowerCase().replaceAll(/[\s-]+/g, "_"));
  return names.map((name) => {
    const now = renamed[shape]?.[name];
    return now && !names.includes(now) ? now : name;
  });
}
