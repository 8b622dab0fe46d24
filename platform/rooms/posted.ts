import { z } from "zod";
import type { Posted } from "./channel.ts";

const description = z.string().min(1).max(60_000);

/** What may be posted to a room without a data channel (see channel.ts). */
export const postedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hear"), after: z.number().int().min(0) }),
  z.object({ kind: z.literal("watch"), answer: description }),
  z.object({ kind: z.literal("camera"), offer: description.nullable() }),
  z.object({ kind: z.literal("microphone"), on: z.boolean() }),
  z.object({ kind: z.literal("leave") }),
]) satisfies z.ZodType<Posted>;
