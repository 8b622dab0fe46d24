import { z } from "zod";
import { feelings, topics } from "./types.ts";

export const topicsForm = z.object({ topics: z.array(z.enum(topics, "problemChoice")).max(topics.length) });
export const howForm = z.object({ how: z.enum(feelings, "problemChoice"), wantsTalk: z.literal("yes").optional() });
export const handoverForm = z.object({ handover: z.string("problemWords").trim().min(1, "problemWords").max(2000, "problemTooLong") });
