import { TrieRouter } from "hono/router/trie-router";
import type { RouteEntry } from "./room.ts";

/** Of these routes: the address itself where it answers a GET, or the nearest one above it that does; home where none does. */
export function nearestOf(routes: readonly RouteEntry[]): (path: string) => string {
  const pages = new TrieRouter<true>();
  for (const { method, path } of routes) if (method === "GET") pages.add("GET", path, true);
  return function nearest(path): string {
    if (path === "") return "/";
    return pages.match("GET", path)[0].length > 0 ? path : nearest(path.slice(0, path.lastIndexOf("/")));
  };
}
