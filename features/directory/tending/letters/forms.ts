import { z } from "zod";

/** Whose queue the letters are of. */
export const lettersForm = z.object({ where: z.enum(["mine", "everywhere"]).default("mine") });
