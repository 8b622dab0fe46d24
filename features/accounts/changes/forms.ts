import { z } from "zod";
import { readBy } from "../../../platform/http/form.ts";

/** Until when she was told. */
export const knownForm = z.object({ until: z.string().max(40).transform(readBy((text) => Temporal.Instant.from(text), "checkThis")) });
