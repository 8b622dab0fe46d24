import type { Hsds, Noun } from "./forms.ts";

/** The version of the standard that is answered in. */
export const version = "3.1";

/** What each list of the API holds. */
export const nounOf = { services: "service", service_at_locations: "service_at_location", organizations: "organization", taxonomies: "taxonomy", taxonomy_terms: "taxonomy_term" } as const satisfies Record<string, Noun>;
export type ListName = keyof typeof nounOf;
export const listNames = Object.keys(nounOf) as readonly ListName[];

/** Where others reach this installation, without a slash at its end: by its own word for it, or as it was asked just now. */
export const siteOf = (asked: string, own: string | undefined): string => (own ?? new URL(asked).origin).replace(/\/$/, "");

/** An absolute address as RFC 3986 writes it, as the standard asks (JSON Schema format "uri"). The few that begin strangely, name a machine by its number in brackets, or would run as a program are not taken. */
export const isUri = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:(?:\/\/)?[a-z0-9](?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*(?:#(?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i.test(text) && URL.canParse(text) && !/^(javascript|data|vbscript):/i.test(text);

/** What the standard wants said and nobody said; an address abroad may have neither region nor postal code. */
export const unsaid = "-";

/**
 * Would a spreadsheet run a cell of this text, or make of it something else? By how it begins, perhaps after blanks (OWASP, CSV Injection).
 * A number with its sign has no letters that could call anything, and other programs read our phone numbers as they are.
 */
const isRun = (text: string): boolean => /^\s*[=+@\-＝＋＠－]|^[\t\r]/.test(text) && !/^[+-]?[\d ().+-]*$/.test(text);

/** What calls something, as nobody's name, id or number does; unlike "- Therapy (CBT)". */
export const isFormula = (text: string): boolean => /^\s*(?:[=＝]|[+@\-＋＠－](?:[a-z.]+|\d.*[a-z.])\(|[+@\-＋＠－].*\|.*!)/i.test(text);

const marked = /^'+/;
/** A text that a spreadsheet may open: what it would run gets a mark before it, which `unguarded` takes off again. Every other text stays as it is. */
export const guarded = (text: string): string => (isRun(text.replace(marked, "")) ? `'${text}` : text);
export const unguarded = (cell: string): string => (cell.startsWith("'") && isRun(cell.replace(marked, "")) ? cell.slice(1) : cell);

/** One page of a list, as the standard's API shows it. `total`: of the whole list. */
export function pageOf<T>(contents: readonly T[], total: number, page: number, perPage: number) {
  const pages = Math.ceil(total / perPage);
  return { total_items: total, total_pages: pages, page_number: page, size: contents.length, first_page: page === 1, last_page: page >= pages, empty: contents.length === 0, contents };
}

type Standing = { readonly id: string; readonly name: string; readonly status: string; readonly merged_into: string | null; readonly shown: boolean };

/**
 * The least that the standard lets be said of a service, for those who keep a copy. What is shown no more says so in its status:
 * "defunct" for one that was found to be another's double, its own where it is closed, and "inactive" for one that nobody has stood for too long.
 */
export function tombstoneOf({ id, name, status, merged_into, shown }: Standing, lastModified: string): Hsds<"service"> {
  const own = status as Hsds<"service">["status"];
  const gone = merged_into ? "defunct" : own === "defunct" ? own : "inactive";
  return { id, name, status: shown ? own : gone, last_modified: lastModified };
}
