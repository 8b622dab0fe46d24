import type { Instant } from "../../../../platform/time/time.ts";
import type { Priority } from "../../types.ts";

/** What somebody may leave to others. What is most urgent is shown to everybody, so nothing is here that always is. */
export const topics = ["despair", "self_harm", "thoughts", "violence", "loss", "birth"] as const;
export type Topic = (typeof topics)[number];

export const feelings = ["fine", "heavy", "shaken"] as const;
export type Feeling = (typeof feelings)[number];

export type Exposure = { readonly priority: Priority; readonly points: number; readonly at: Instant };

/** Her own week, for her alone. */
export type Week = {
  readonly read: number;
  readonly points: number;
  readonly pointsBefore: number;
  readonly byPriority: readonly { readonly priority: Priority; readonly read: number }[];
  readonly breaks: number;
};

/** How much she carries since her last rest. */
export type Load = { readonly points: number; readonly level: "light" | "full" | "tooMuch"; readonly restUntil: Instant | undefined };

export type Mine = { readonly load: Load; readonly week: Week; readonly topics: readonly Topic[]; readonly askHow: boolean };
export type Handover = { readonly name: string; readonly note: string; readonly at: Instant };
export type WishToTalk = { readonly id: string; readonly name: string; readonly at: Instant };
