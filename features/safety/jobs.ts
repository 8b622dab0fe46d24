import { z } from "zod";
import type { House } from "../../platform/http/house.ts";
import type { Jobs } from "../../platform/jobs/jobs.ts";
import { forgetSubject, openCaseOf } from "./desk/commands.ts";
import { openingForm } from "./desk/forms.ts";
import { subjectKinds } from "./types.ts";

const subject = z.object({ subjectKind: z.enum(subjectKinds), subjectId: z.uuid() });

/** What the safety desk does in the background; each is one call, safe to run twice. */
export const safetyJobs = (house: House): Jobs => ({
  "open-case": (payload) => openCaseOf(house, openingForm.parse(payload)),
  "forget-subject": (payload) => {
    const { subjectKind, subjectId } = subject.parse(payload);
    return forgetSubject(house, subjectKind, subjectId);
  },
});
