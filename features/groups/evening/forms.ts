import { z } from "zod";
import { postedSchema } from "../../../platform/rooms/posted.ts";
import { address } from "../series/proposing/forms.ts";
import { longestLine } from "./commands.ts";

const words = z.string().default("").transform((text) => text.trim()).pipe(z.string().min(1, "problemLine").max(longestLine, "problemLine"));
const key = z.uuid().catch(() => crypto.randomUUID());
export const lineForm = z.object({ words, key });
export const noteForm = z.object({ note: words, key }).transform(({ note, ...rest }) => ({ words: note, ...rest }));
/** As much as is read while the next is being said. */
export const mostCaption = 300;
export const captionForm = z.object({ caption: z.string().default("").transform((text) => text.trim()).pipe(z.string().min(1, "problemCaption").max(mostCaption, "problemCaption")), key }).transform(({ caption, ...rest }) => ({ words: caption, ...rest }));
export const yesNoForm = z.object({ on: z.enum(["yes", "no"]) });
export const handForm = z.object({ up: z.enum(["yes", "no"]) });
/** `all`: everybody who waits. */
export const guestForm = z.object({ seat: z.union([z.literal("all"), z.uuid()]).optional() });
export const addressForm = z.object({ address });
/** A browser's offer to come in by voice; or what it posts from inside, by the pass that it was given. */
export const voiceForm = z.union([z.object({ offer: z.string().min(1).max(60_000) }), z.object({ pass: z.string().min(1).max(100), posted: postedSchema })]);
export const mostReport = 4000;
const report = z.string().default("").transform((text) => text.trim()).pipe(z.string().min(1, "problemReport").max(mostReport, "problemReport"));
export const debriefForm = z.object({ debrief: report, talk: z.literal("yes").optional().catch(undefined) }).transform(({ debrief, talk }) => ({ words: debrief, wantsTalk: talk === "yes" }));
const danger = z.literal("yes").optional().catch(undefined).transform((said) => said === "yes");
export const incidentForm = z.object({ incident: report, danger }).transform(({ incident, ...rest }) => ({ words: incident, ...rest }));
export const worryForm = z.object({ worry: report, danger, key }).transform(({ worry, ...rest }) => ({ words: worry, ...rest }));
