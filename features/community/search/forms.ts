import { z } from "zod";
import { longestSearch } from "./rules.ts";

/** `before`: where the list goes on, the last line that was shown. */
export const searchForm = z.object({ words: z.string().trim().max(longestSearch, "findLong").default(""), before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined) });
