import { z } from "zod";
import { noteErasure } from "../../platform/db/erasures.ts";
import type { Notify } from "../../platform/delivery/notify.ts";
import type { House } from "../../platform/http/house.ts";
import type { ConversationId, MemberId } from "../../platform/http/scope.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { remindOfCallBack } from "./call-backs/commands.ts";
import { tellOfDebrief } from "./closures/commands.ts";
import { eraseWhatIsDue } from "./erasure/commands.ts";
import { bringToTheDesk, pageNextSupervisor } from "./concerns/commands.ts";
import { returnIfUnanswered } from "./desk/commands.ts";
import { callVolunteers, tellOfHandover, tellOfPromise, tellSupervisors } from "./calls/commands.ts";
import type { ConcernId } from "./types.ts";

const conversation = z.object({ conversationId: z.uuid().transform((id) => id as ConversationId) });
const concern = z.object({ concernId: z.uuid().transform((id) => id as ConcernId) });
const erased = z.object({ id: z.uuid() });
const claim = z.object({ claimId: z.uuid() });
const debrief = z.object({ debriefId: z.uuid() });
const member = z.object({ memberId: z.uuid().transform((id) => id as MemberId) });

/** What the helpline does in the background; each is one call, safe to run twice. */
export const helplineJobs = (house: House, notify: Notify): Jobs => ({
  "call-volunteers": (payload) => callVolunteers(house, conversation.parse(payload).conversationId, notify),
  "return-unanswered": (payload) => returnIfUnanswered(house, claim.parse(payload).claimId),
  "page-supervisor": (payload) => pageNextSupervisor(house, concern.parse(payload).concernId, notify),
  "tell-supervisors": (payload) => tellSupervisors(house, conversation.parse(payload).conversationId, notify),
  "tell-of-promise": (payload) => tellOfPromise(house, conversation.parse(payload).conversationId, notify),
  "tell-of-debrief": (payload) => tellOfDebrief(house, debrief.parse(payload).debriefId, notify),
  "tell-of-handover": (payload) => tellOfHandover(member.parse(payload).memberId, notify),
  "remind-of-call-back": (payload) => remindOfCallBack(house, conversation.parse(payload).conversationId, notify),
  "note-conversation-erased": (payload) => noteErasure(house, { kind: "conversation", how: "erase", ...erased.parse(payload) }),
  "bring-concerns-to-the-desk": () => bringToTheDesk(house),
  "erase-what-is-due": () => eraseWhatIsDue(house),
});

/** Every hour at 17 minutes past: conversations and contacts whose days are over go. Every five minutes: no open concern is missing from the safety desk. */
export const helplineRounds: Rounds = { "erase-what-is-due": "17 * * * *", "bring-concerns-to-the-desk": "*/5 * * * *" };
