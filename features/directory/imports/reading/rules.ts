import type { Shape } from "../shapes/rules.ts";
import { WholeRefused } from "../types.ts";

/** What stands between the cells of a spreadsheet's table: the one that its line of headings has most of. */
export function delimiterOf(headings: string): string {
  const plain = headings.replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((mark) => [mark, plain.split(mark).length] as const);
  return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? ",";
}

/** One heading of each group has to be there: without it no row of the file can be taken. */
const least: Partial<Readonly<Record<Shape, readonly (readonly string[])[]>>> = {
  organization: [["id"], ["name"]],
  service: [["id"], ["name"]],
  program: [["id"], ["name"]],
  location: [["id"]],
  address: [["location_id"], ["address_1"]],
  physical_address: [["location_id"], ["address_1"]],
  postal_address: [["location_id"], ["address_1"]],
  service_at_location: [["service_id"], ["location_id"]],
  phone: [["number"]],
  schedule: [["opens_at", "description", "byday", "freq"]],
  regular_schedule: [["weekday"]],
  language: [["name", "code"]],
  taxonomy: [["id"], ["name"]],
  taxonomy_v1: [["id"], ["name"]],
  taxonomy_term: [["id"], ["name"]],
  service_taxonomy: [["link_id"], ["taxonomy_term_id"]],
  other_attribute: [["link_id"], ["taxonomy_term_id"], ["link_entity"]],
  attribute: [["link_id"], ["taxonomy_term_id"], ["link_entity"]],
  eligibility: [["service_id"], ["eligibility"]],
};

/** Throws where a table's headings are none of that table. */
export function refuseHeadings(file: string, shape: Shape, headings: readonly string[]): void {
  const twice = headings.find((heading, at) => heading !== "" && headings.indexOf(heading) !== at);
  if (twice) throw new WholeRefused("headingTwice", `${file}: ${twice}`);
  const missing = least[shape]?.find((some) => !some.some((heading) => headings.includes(heading)));
  if (missing) throw new WholeRefused("headingMissing", `${file}: ${missing[0]}`);
}

/** Files that were put together have their headings in the middle once more. */
export const isHeadingsAgain = (headings: readonly string[], cells: readonly string[]): boolean => cells.length === headings.length && cells.length > 1 && cells.every((cell, at) => cell.trim().toLowerCase() === headings[at]);
