import { expect, test } from "vitest";
import { nearestOf } from "./nearest.ts";
import type { RouteEntry } from "./room.ts";

const route = (line: string): RouteEntry => ({ method: line.startsWith("GET") ? "GET" : "POST", path: line.split(" ")[1] ?? "", admits: [] });
const nearest = nearestOf(["GET /", "GET /seats/:seat", "GET /seats/:seat/lobby", "POST /seats/:seat/note", "POST /seats/:seat/lobby", "POST /seats/:seat/side/end", "POST /language", "GET /maps/:file{.+}"].map(route));

test.each([
  ["/seats/7", "/seats/7"],
  ["/seats/7/lobby", "/seats/7/lobby"],
  ["/seats/7/note", "/seats/7"],
  ["/seats/7/side/end", "/seats/7"],
  ["/maps/us/ca.svg", "/maps/us/ca.svg"],
  ["/language", "/"],
  ["/seats", "/"],
  ["/", "/"],
])("%s is gone back to at %s", (path, page) => expect(nearest(path)).toBe(page));
