import { z } from "zod";
import { contentNotes } from "../types.ts";

export const unfoldsForm = z.object({ unfolds: z.array(z.enum(contentNotes)) });
