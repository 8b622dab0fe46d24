import { z } from "zod";
import { shared } from "./types.ts";

/** A yes to one receiver, who is named, for things that are named: never "partners", never all (RCW 19.373.010, "consent"). */
export const shareForm = z.object({
  key: z.uuid("formLost"),
  whom: z.string("whomMissing").trim().min(2, "whomMissing").max(120, "whomLong"),
  what: z.array(z.enum(shared, "whatMissing"), "whatMissing").min(1, "whatMissing").transform((chosen) => [...new Set(chosen)]),
});
