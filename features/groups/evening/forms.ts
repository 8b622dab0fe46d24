import { z } from "zod";
import { longestLine } from "./commands.ts";

const words = z.string().default("").transform((text) => text.trim()).pipe(z.string().min(1, "problemLine").max(longestLine, "problemLine"));
const key = z.uuid().catch(() => crypto.randomUUID());
export const lineForm = z.object({ words, key });
export const noteForm = z.object({ note: words, key });
export const handForm = z.object({ up: z.enum(["yes", "no"]) });
/** `all`: everybody who waits. */
export const guestForm = z.object({ seat: z.union([z.literal("all"), z.uuid()]).optional() });
export const offerForm = z.object({ offer: z.string().min(1).max(60_000) });
export const mostReport = 4000;
const report = z.string().default("").transform((text) => text.trim()).pipe(z.string().min(1, "problemReport").max(mostReport, "problemReport"));
export const debriefForm = z.object({ debrief: report });
export const incidentForm = z.object({ incident: report });
