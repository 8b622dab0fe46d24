import { z } from "zod";
import { fields } from "../../types.ts";

/** Whose word stands from now on. */
export const conflictForm = z.object({ field: z.enum(fields), keep: z.enum(["ours", "theirs"]) });
export type Keep = z.output<typeof conflictForm>["keep"];
