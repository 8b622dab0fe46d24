import type { Hsds } from "./forms.ts";

/** An absolute address as RFC 3986 writes it, as the standard asks (JSON Schema format "uri"). The few that begin strangely, name a machine by its number in brackets, or would run as a program are not taken. */
export const isUri = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:(?:\/\/)?[a-z0-9](?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*(?:#(?:[a-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i.test(text) && URL.canParse(text) && !/^(javascript|data|vbscript):/i.test(text);

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
