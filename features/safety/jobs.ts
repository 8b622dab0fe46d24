import { z } from "zod";
import { sealAudit } from "../../platform/audit/chain.ts";
import type { Reach } from "../../platform/delivery/notify.ts";
import { inTransaction } from "../../platform/db/transaction.ts";
import type { House } from "../../platform/http/house.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { callMember, forgetPages, lookAfterPages, raisePage, takeStep } from "./on-call/commands.ts";
import { forgetCare } from "./desk/care/commands.ts";
import { forgetAuthor, forgetCases, forgetSignals, forgetSubject, openCaseOf } from "./desk/commands.ts";
import { openingForm, settledForm } from "./desk/forms.ts";
import { askNextToSit, callToSit, takenInItsRoom } from "./desk/pairing/commands.ts";
import { settleCaseOf } from "./desk/settlements/commands.ts";
import { pagedKinds, pageReasons } from "./events.ts";
import type { PageId } from "./on-call/types.ts";
import { subjectKinds } from "./types.ts";

const subject = z.object({ subjectKind: z.enum(subjectKinds), subjectId: z.uuid() });
const author = z.object({ memberId: z.uuid(), mark: z.hex().transform((mark) => Buffer.from(mark, "hex")) });
const pageId = z.uuid().transform((id) => id as PageId);
const need = z.object({ subjectKind: z.enum(pagedKinds), subjectId: z.string(), reason: z.enum(pageReasons), path: z.string() });
const page = z.object({ pageId });
const memberId = z.uuid().transform((id) => id as MemberId);
const taken = z.object({ subjectKind: z.enum(subjectKinds), subjectId: z.uuid(), by: memberId });
const pairing = z.object({ pairingId: z.uuid() });
const callToSitWith = pairing.extend({ memberId });
const call = z.object({ pageId, step: z.int(), memberId });

/** What the safety desk does in the background; each is one call, safe to run twice. */
export const safetyJobs = (house: House, reach: Reach): Jobs => ({
  "open-case": (payload) => openCaseOf(house, openingForm.parse(payload)),
  "case-taken": (payload) => takenInItsRoom(house, taken.parse(payload)),
  "ask-next-to-sit": (payload) => askNextToSit(house, pairing.parse(payload).pairingId),
  "call-to-sit": (payload) => callToSit(house, callToSitWith.parse(payload), reach),
  "settle-case": (payload) => settleCaseOf(house, settledForm.parse(payload)),
  "forget-subject": (payload) => {
    const { subjectKind, subjectId } = subject.parse(payload);
    return forgetSubject(house, subjectKind, subjectId);
  },
  "forget-care": () => forgetCare(house),
  "forget-signals": () => forgetSignals(house),
  "forget-cases": () => forgetCases(house),
  "forget-author": (payload) => {
    const { memberId, mark } = author.parse(payload);
    return forgetAuthor(house, memberId, mark);
  },
  "seal-audit": async () => {
    const { seq, hash } = await sealAudit(house, house.now());
    // Kept in the log, too, which is elsewhere: a chain that was cut off in the database is found by it.
    house.log.info({ seq, hash: hash.toString("hex") }, "the audit is sealed up to here");
  },
  "raise-page": (payload) => inTransaction(house, async (act) => void (await raisePage(act, need.parse(payload)))),
  "take-page-step": (payload) => takeStep(house, page.parse(payload).pageId),
  "call-for-page": (payload) => callMember(house, call.parse(payload), reach),
  "look-after-pages": () => lookAfterPages(house),
  "forget-pages": () => forgetPages(house),
});

/**
 * Every five minutes what was written into the audit is sealed. Every minute: no open page waits on a job that is gone. Each hour what is
 * over on the desk goes, each night (UTC) what was closed long ago.
 */
export const safetyRounds: Rounds = { "seal-audit": "*/5 * * * *", "look-after-pages": "* * * * *", "forget-care": "23 * * * *", "forget-signals": "24 * * * *", "forget-pages": "50 3 * * *", "forget-cases": "55 3 * * *" };
