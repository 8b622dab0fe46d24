import { Index } from "flexsearch";
import MiniSearch from "minisearch";
import { inOrder, isWord, matches, metresBetween } from "../features/directory/finder/rules.ts";
import { now, type Query, type Service } from "./services.ts";

/** Ids of the nearest 20. */
export type Engine = { readonly name: string; readonly search: (query: Query) => Promise<string[]> | string[] };

/** What is left for an engine that knows words alone: filter by facets and clocks, sort by distance. */
function filtered(services: readonly Service[], found: Iterable<number>, { ask }: Query): string[] {
  const rest = { ...ask, words: [], begun: undefined };
  const kept = [];
  for (const number of found) {
    const listing = services[number];
    if (listing && matches(listing, rest, now)) kept.push({ listing, metres: ask.near && listing.at ? metresBetween(ask.near, listing.at) : undefined });
  }
  return inOrder(kept, now).slice(0, 20).map(({ listing }) => listing.id);
}

const textOf = ({ tokens }: Service): string => [...tokens].filter(isWord).join(" ");
const split = (text: string): string[] => text.split(" ");

export function miniSearch(services: readonly Service[]): Engine {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ["text"], tokenize: split, processTerm: (term) => term });
  for (const [id, service] of services.entries()) index.add({ id, text: textOf(service) });
  return { name: "MiniSearch, filter, sort", search: (query) => filtered(services, index.search(query.text, { combineWith: "AND" }).map(({ id }) => Number(id)), query) };
}

export function flexSearch(services: readonly Service[]): Engine {
  const index = new Index({ tokenize: "strict", encode: split });
  for (const [id, service] of services.entries()) index.add(id, textOf(service));
  return { name: "FlexSearch, filter, sort", search: (query) => filtered(services, index.search(query.text, { limit: services.length }).map(Number), query) };
}
