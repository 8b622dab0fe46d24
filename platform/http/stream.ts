import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Listening, Opening } from "../live/hub.ts";
import type { House } from "./house.ts";
import { limitsOf } from "./limits.ts";
import type { Door } from "./room.ts";

/**
 * Opens an event stream for this browser. `key` is whose it is (a session, a conversation): each has so many places.
 * Who finds none is answered 429. By itself an EventSource gives up then; the page's script opens it anew.
 */
export function openStream(c: Door, house: House, { key, ...opening }: Opening & { readonly key: string }, listening: readonly Listening[]): Response {
  const { outgoing } = c.env;
  // She left while her gate was asked; nothing would ever close what is opened now.
  if (outgoing.destroyed || outgoing.writableEnded) return RESPONSE_ALREADY_SENT;
  const leave = limitsOf(house).streamPlace(c, key);
  if (!leave) return c.body(null, 429, { "retry-after": "20" });
  outgoing.once("close", leave);
  house.hub.open(outgoing, opening, listening);
  return RESPONSE_ALREADY_SENT;
}
