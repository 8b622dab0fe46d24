import { z } from "zod";

export const tryForm = z.object({ reached: z.enum(["yes", "no"], "problemChoice") });

/** How a promise ends by somebody's hand. */
export const endings = ["reached", "declined", "three_tries"] as const;
export const closeForm = z.object({ outcome: z.enum(endings, "problemChoice") });
export type Ending = (typeof endings)[number];
