import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, MemberScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import { openCase } from "../../safety/events.ts";
import { acceptedOf, authorForDesk, authorOf } from "../posts/queries.ts";
import { newcomersPosts } from "../rules.ts";
import type { SpaceId, TopicId } from "../types.ts";
import { say } from "../words.ts";
import { answered } from "./queries.ts";
import { roundAt, whoToAsk } from "./rules.ts";

/** "Ask me where nobody answered." Refused while she is new herself. */
export const offerToAnswer = (house: House, { member }: MemberScope, spaceId: SpaceId): Promise<{ readonly refused: "offerNew" } | undefined> =>
  inTransaction(house, async ({ tx, now }) => {
    if ((await acceptedOf(tx, house.keys, member.memberId)) < newcomersPosts) return { refused: "offerNew" };
    await tx.insertInto("answer_offers").values({ space_id: spaceId, member_id: member.memberId, offered_at: now }).onConflict((already) => already.doNothing()).execute();
    return undefined;
  });

/** She is asked no more. Nobody is told. */
export const offerNoMore = (house: House, { member }: MemberScope, spaceId: SpaceId): Promise<void> =>
  inTransaction(house, async ({ tx }) => void (await tx.deleteFrom("answer_offers").where("space_id", "=", spaceId).where("member_id", "=", member.memberId).execute()));

/** From now on somebody looks whether this topic was answered. */
export async function watchForSilence({ addJob }: Act, topicId: TopicId, shownAt: Instant, round = 0): Promise<void> {
  const runAt = roundAt(shownAt, round);
  if (runAt) await addJob("ask-to-answer", { topicId, round }, { runAt, key: `ask-to-answer ${topicId}` });
}

/** Nobody answered yet: the next ones who offered to are asked; after the last round a moderator is. Safe to run twice. */
export async function askToAnswer(house: House, notify: Notify, topicId: TopicId, round: number): Promise<void> {
  const asked = await inTransaction(house, async (act): Promise<MemberId[]> => {
    const { tx, now } = act;
    const topic = await tx.selectFrom("topics as t").select(["t.space_id", "t.shown_at"]).select(answered.as("answered")).where("t.id", "=", topicId).forUpdate("t").executeTakeFirst();
    if (!topic?.shown_at || topic.answered) return [];
    const first = await tx.selectFrom("posts").select(["id", "author_id", "author_sealed", "wrapped_key"]).where("topic_id", "=", topicId).where("opening", "=", true).executeTakeFirstOrThrow();
    const author = authorOf(house.keys, first);
    const before = await tx.selectFrom("answer_asks").select(["member_id", "round"]).where("topic_id", "=", topicId).execute();
    // Asked already: its job ran twice, or the topic was away in between and the rounds begin anew.
    const isAsked = before.some(({ round: of }) => of === round);
    const offers = isAsked ? [] : await tx.selectFrom("answer_offers").select(["member_id", "offered_at", "asked_at"]).where("space_id", "=", topic.space_id).execute();
    const people = whoToAsk(offers.map((row) => ({ memberId: row.member_id as MemberId, offeredAt: row.offered_at, askedAt: row.asked_at ?? undefined })), { round, author, asked: new Set(before.map(({ member_id }) => member_id as MemberId)), apart: await apartFrom(act, author) });
    if (people.length > 0) {
      await tx.insertInto("answer_asks").values(people.map((member_id) => ({ topic_id: topicId, member_id, round, asked_at: now }))).execute();
      await tx.updateTable("answer_offers").set({ asked_at: now }).where("space_id", "=", topic.space_id).where("member_id", "in", people).execute();
    }
    if (roundAt(topic.shown_at, round + 1)) await watchForSilence(act, topicId, topic.shown_at, round + 1);
    else await openCase(act, { subjectKind: "post", subjectId: first.id, reason: "unanswered", priority: 3, why: [], ...authorForDesk(house.keys, first) });
    return people;
  });
  const [en, es] = [say("en"), say("es")];
  if (asked.length > 0) await notify(asked, { en: { title: en("pushTitle"), body: en("pushBody") }, es: { title: es("pushTitle"), body: es("pushBody") }, path: "/community/spaces" });
}

/** Who does not read this author, or is not read by her. */
async function apartFrom({ tx }: Act, author: MemberId | undefined): Promise<ReadonlySet<MemberId>> {
  if (!author) return new Set();
  const rows = await tx.selectFrom("hidden_members").select(["member_id", "hidden_id"]).where(({ or, eb }) => or([eb("member_id", "=", author), eb("hidden_id", "=", author)])).execute();
  return new Set(rows.flatMap(({ member_id, hidden_id }) => [member_id as MemberId, hidden_id as MemberId]));
}
