import { z } from "zod";
import { noteErasure } from "../../platform/db/erasures.ts";
import type { Notify } from "../../platform/delivery/notify.ts";
import type { House } from "../../platform/http/house.ts";
import type { MemberId } from "../../platform/http/scope.ts";
import type { Jobs, Rounds } from "../../platform/jobs/jobs.ts";
import { askToAnswer } from "./answering/commands.ts";
import { decisionOf } from "../safety/queries.ts";
import { lookForNews, tellOfNews } from "./news/commands.ts";
import { forgetDrafts } from "./drafts/commands.ts";
import { carryOut, forgetVersions } from "./posts/commands.ts";
import { decisions, type PostId, type TopicId } from "./types.ts";

const silence = z.object({ topicId: z.uuid().transform((id) => id as TopicId), round: z.int().min(0).max(2) });

const toldOf = z.object({ memberId: z.uuid().transform((id) => id as MemberId) });

const erased = z.object({ id: z.uuid(), how: z.string() });

const decided = z.object({ decisionId: z.uuid(), subjectId: z.uuid().transform((id) => id as PostId), decision: z.enum(decisions) });

/** What the community does in the background; each is one call, safe to run twice. */
export const communityJobs = (house: House, notify: Notify): Jobs => ({
  "ask-to-answer": (payload) => {
    const { topicId, round } = silence.parse(payload);
    return askToAnswer(house, notify, topicId, round);
  },
  "look-for-news": () => lookForNews(house),
  "tell-of-news": (payload) => tellOfNews(house, notify, toldOf.parse(payload).memberId),
  "note-member-erased": (payload) => noteErasure(house, { kind: "member", ...erased.parse(payload) }),
  "post-decided": async (payload) => {
    const { decisionId, subjectId, decision } = decided.parse(payload);
    const made = await decisionOf(house.db, house.keys, decisionId);
    if (made) await carryOut(house, subjectId, decision, made.at);
  },
  "forget-versions": () => forgetVersions(house),
  "forget-drafts": () => forgetDrafts(house),
});

/** Each night (UTC): words that were changed or taken back thirty days ago go, and what was begun then and not sent. Each hour: whom to tell of what is new. */
export const communityRounds: Rounds = { "look-for-news": "20 * * * *", "forget-versions": "40 3 * * *", "forget-drafts": "45 3 * * *" };
