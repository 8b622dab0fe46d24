import { z } from "zod";
import { languages } from "./rules.ts";

export const askForm = z.object({ seat: z.uuid(), into: z.enum(languages) });
export const endForm = z.object({ seat: z.uuid() });
/** `none`: the group alone. */
export const hearForm = z.object({ into: z.enum([...languages, "none"]) }).transform(({ into }) => (into === "none" ? undefined : into));
export const speakForm = z.object({ does: z.enum(["aloud", "apart", "end"]) });
