import type { Ending } from "./provider.ts";

/**
 * What the embedded room says to a browser over its data channel, as JSON. `slots`: whose voice or picture each of the browser's fixed
 * receivers carries now. `talking`: who talks, of those she hears. `camera`: the answer to hers, "full" where four are on already.
 */
export type ToBrowser =
  | { readonly kind: "slots"; readonly voices: readonly (string | null)[]; readonly pictures: readonly (string | null)[] }
  | { readonly kind: "talking"; readonly seats: readonly string[] }
  | { readonly kind: "muted"; readonly muted: boolean }
  | { readonly kind: "camera"; readonly camera: "on" | "off" | "full" | "unwelcome" }
  | { readonly kind: "side"; readonly side: string | null }
  | { readonly kind: "ended"; readonly why: Ending };

/** What a browser says to the room. "here" every five seconds: who says nothing for twenty is gone. */
export type FromBrowser = { readonly kind: "here" } | { readonly kind: "leave" } | { readonly kind: "camera" | "microphone"; readonly on: boolean };
