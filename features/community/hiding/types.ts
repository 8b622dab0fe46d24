import type { Instant } from "../../../platform/time/time.ts";

export const hides = ["block", "mute", "topic"] as const;
export type Hide = (typeof hides)[number];

/** One thing that she hides. `id`: by what it is shown again. */
export type Hidden = { readonly kind: "block" | "mute" | "alias" | "topic" | "word"; readonly id: string; readonly name: string; readonly at: Instant };
