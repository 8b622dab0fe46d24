import type { PostId } from "../types.ts";

/** What was found in words of hers, for her own page: the same that the desk sees, and how it stands with who was asked. */
export type Heard = { readonly priority: "P0" | "P1" | "P2"; readonly words: readonly string[]; readonly asked: { readonly state: "asking" | "somebodyHasIt" | "over" | "nobodyReached"; readonly whatWeDo?: string } | undefined };
export type HeardOf = ReadonlyMap<PostId, Heard>;
