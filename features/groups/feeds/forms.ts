import { z } from "zod";

/** How her calendar calls the meetings; anything unread is the discreet way. */
export const titlesForm = z.object({ titles: z.enum(["discreet", "plain"]).catch("discreet") });
