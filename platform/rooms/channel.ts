import type { Ending } from "./provider.ts";

/**
 * What a room says to a browser, as JSON: the embedded one over its data channel, another by our own pages (`Posted`). `slots`: whose voice
 * or picture each of the browser's fixed receivers carries now. `talking`: who talks, of those she hears. `camera`: the answer to hers,
 * "full" where as many are on as the room bears.
 */
export type ToBrowser =
  | { readonly kind: "slots"; readonly voices: readonly (string | null)[]; readonly pictures: readonly (string | null)[] }
  | { readonly kind: "talking"; readonly seats: readonly string[] }
  | { readonly kind: "muted"; readonly muted: boolean }
  | { readonly kind: "camera"; readonly camera: "on" | "off" | "full" | "unwelcome" }
  | { readonly kind: "side"; readonly side: string | null }
  | { readonly kind: "ended"; readonly why: Ending };

/** What a browser says to the room over its data channel. "here" every five seconds: who says nothing for twenty is gone. */
export type FromBrowser = { readonly kind: "here" } | { readonly kind: "leave" } | { readonly kind: "camera" | "microphone"; readonly on: boolean };

/**
 * What a browser without a data channel posts instead. `hear`: the words after this number; the answer waits until there are some, for
 * twenty seconds at most. `watch`: her answer to the offer of pictures. `camera`: her camera's offer, or null to switch it off.
 */
export type Posted =
  | { readonly kind: "hear"; readonly after: number }
  | { readonly kind: "watch"; readonly answer: string }
  | { readonly kind: "camera"; readonly offer: string | null }
  | { readonly kind: "microphone"; readonly on: boolean }
  | { readonly kind: "leave" };

/** What such a browser hears beside all that others hear: the offer of pictures is to be answered anew. */
export type Word = ToBrowser | { readonly kind: "pictures"; readonly offer: string };

/** `words` with the number of the last one, to `hear`; `answer`, to a camera that may come on. */
export type PostAnswer = { readonly words?: readonly Word[]; readonly upTo?: number; readonly answer?: string };
