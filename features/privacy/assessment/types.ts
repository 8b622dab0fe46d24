import type { LeastAge } from "../../network/types.ts";

/** The kinds of priority illegal content that a risk assessment looks at one by one (Online Safety Act 2023, sch. 5 to 7; Ofcom's guidance on illegal harms). */
export const harms = ["terror", "children", "hate", "harassment", "control", "images", "pornography", "exploitation", "trafficking", "immigration", "fraud", "proceeds", "drugs", "weapons", "suicide", "foreign", "animals"] as const;
export type Harm = (typeof harms)[number];

/** What the program does against it, as it stands here. */
export type Measure = "pictures" | "noPrivate" | "notIndexed" | "held" | "report" | "crisis" | "log" | "noLinks";

/** What the desk counted in a time. */
export type DeskFigures = {
  readonly members: number;
  readonly spaces: Readonly<Record<"read_first" | "held_for_new" | "watch" | "pictures", number>>;
  readonly posts: number;
  readonly reports: number;
  readonly removed: Readonly<Record<string, number>>;
  readonly appeals: number;
  readonly gaveWay: number;
  readonly signals: number;
  readonly pages: number;
  readonly paused: number;
  /** Half of the cases were answered within so many minutes; undefined where there was none. */
  readonly medianMinutes: number | undefined;
};

export type Setting = { readonly leastAge: LeastAge | undefined };
