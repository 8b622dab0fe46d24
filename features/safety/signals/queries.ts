import { learned } from "./points/queries.ts";
import { readBy } from "./rules.ts";
import type { Reading } from "./types.ts";

/** What a text may speak of, and how soon somebody should read it, by the points that were learned. */
export const read = (text: string): Reading => readBy(learned(), text);
