import { z } from "zod";
import { blockHours, type BlockHours } from "./rules.ts";
import { blockReasons } from "./types.ts";

const isLength = (hours: number): hours is BlockHours => (blockHours as readonly number[]).includes(hours);

export const blockForm = z.object({
  reason: z.enum(blockReasons, "reasonMissing"),
  hours: z.coerce.number("hoursMissing").refine(isLength, "hoursMissing"),
});
export type Blocked = z.output<typeof blockForm>;
