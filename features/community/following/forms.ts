import { z } from "zod";

export const followForm = z.object({ does: z.enum(["yes", "no"]) });
