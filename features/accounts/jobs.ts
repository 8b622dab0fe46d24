import { z } from "zod";
import type { House } from "../../platform/http/house.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { sendChangeLetter } from "./changes/commands.ts";
import { changes } from "./changes/types.ts";
import { sendInvitation } from "./people/commands.ts";
import { forgetWhatIsOver } from "./commands.ts";
import { sendSignInLink } from "./sign-in/commands.ts";

const link = z.object({ fingerprint: z.string() });
const invitation = z.object({ id: z.string(), wrapped: z.string(), sealed: z.string() });

const change = z.object({
  memberId: z.uuid().transform((id) => id as MemberId),
  change: z.enum(changes),
  at: z.string().transform((text) => Temporal.Instant.from(text)),
  to: z.string().optional(),
});

/** What accounts does in the background. */
export const accountsJobs = (house: House): Jobs => ({
  send_sign_in_link: (payload) => sendSignInLink(house, link.parse(payload).fingerprint),
  send_invitation: (payload) => sendInvitation(house, invitation.parse(payload)),
  tell_of_change: (payload) => sendChangeLetter(house, change.parse(payload)),
  forget_what_is_over: () => forgetWhatIsOver(house),
});

/** Every night at 3:40 UTC. */
export const accountsRounds: Rounds = { forget_what_is_over: "40 3 * * *" };
