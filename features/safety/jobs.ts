import { z } from "zod";
import type { House } from "../../platform/http/house.ts";
import { sealAudit } from "../../platform/audit/chain.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { forgetCare } from "./desk/care/commands.ts";
import { forgetSignals, forgetSubject, openCaseOf } from "./desk/commands.ts";
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
  "forget-care": () => forgetCare(house),
  "forget-signals": () => forgetSignals(house),
  "seal-audit": async () => {
    const { seq, hash } = await sealAudit(house, house.now());
    // Kept in the log, too, which is elsewhere: a chain that was cut off in the database is found by it.
    house.log.info({ seq, hash: hash.toString("hex") }, "the audit is sealed up to here");
  },
});

/** Every five minutes what was written into the audit is sealed; each hour what is over on the desk goes. */
export const safetyRounds: Rounds = { "seal-audit": "*/5 * * * *", "forget-care": "23 * * * *", "forget-signals": "24 * * * *" };
