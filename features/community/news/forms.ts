import { z } from "zod";
import { everies } from "./types.ts";

export const tellingForm = z.object({ every: z.enum([...everies, "never"]) });
