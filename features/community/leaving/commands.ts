import { sql } from "kysely";
import { inTransaction, type Act } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { MemberId, MemberScope } from "../../../platform/http/scope.ts";
import { authorLeft, subjectErased } from "../../safety/events.ts";
import { topicOf } from "../events.ts";
import { markIn } from "../names/rules.ts";
import { unnamedOf } from "../posts/queries.ts";
import type { PostState, TopicId } from "../types.ts";
import { languages } from "../../../platform/i18n/words.ts";
import { say } from "../words.ts";
import { wordsStay, type WayToLeave } from "./rules.ts";
import type { Parting } from "./types.ts";

type NotLeft = { readonly refused: "presentWrong" | "worksHere" } | { readonly refused: "tooManyTries"; readonly seconds: number };

/** She leaves, with her six words. Who also works here keeps her account until somebody ended her roles. */
export async function leave(house: House, parting: Parting, { member }: MemberScope, how: WayToLeave, words: string): Promise<{ readonly left: true } | NotLeft> {
  if (member.roles.size > 1) return { refused: "worksHere" };
  const is = await parting.confirm(member.memberId, words);
  if ("refused" in is) return is;
  await inTransaction(house, (act) => forgetInCommunity(house, act, parting, member.memberId, how));
  return { left: true };
}

/** Takes her, and what does not stay of hers, out of every table. Safe to run twice. */
export async function forgetInCommunity(house: Pick<House, "keys">, act: Act, parting: Pick<Parting, "forget">, me: MemberId, how: WayToLeave): Promise<void> {
  const { tx } = act;
  // Whatever she writes at this moment is there before, or never.
  await tx.selectFrom("members").select("id").where("id", "=", me).forUpdate().execute();
  const unnamed = await unnamedOf(tx, house.keys, me);
  const posts = await tx
    .selectFrom("posts")
    .select(["id", "topic_id", "state"])
    .where(({ or, eb }) => or([eb("author_id", "=", me), eb("id", "=", sql<string>`any(${unnamed}::uuid[])`)]))
    .orderBy("seq")
    .forUpdate()
    .execute();
  const gone = posts.filter(({ state }) => !wordsStay(how, state as PostState)).map(({ id }) => id);
  const topics = [...new Set(posts.map(({ topic_id }) => topic_id as TopicId))];
  await eraseWords(act, gone);
  await takeNameOff(act, posts.map(({ id }) => id));
  await forgetMarks(house, act, me, topics);
  await forgetHabits(act, me);
  await parting.forget(act, me);
  await act.addJob("note-member-erased", { id: me, how });
  for (const id of gone) await subjectErased(act, { subjectKind: "post", subjectId: id });
  await authorLeft(house.keys, act, me);
  act.tell(...topics.map(topicOf));
}

/** Nothing of these posts is left but their place; the counts of their topics follow. A topic stays where others answered in it, under another title. */
async function eraseWords({ tx }: Act, ids: readonly string[]): Promise<void> {
  await sql`update topics t set replies = t.replies - gone.count
    from (select topic_id, count(*)::int as count from posts where id = any(${ids}::uuid[]) and state = 'shown' and not opening group by topic_id) gone where gone.topic_id = t.id`.execute(tx);
  for (const language of languages) {
    await sql`update topics t set title = ${say(language)("titleErased")}, note = null, shown_at = case when t.replies = 0 then null else t.shown_at end
      from posts p where p.id = any(${ids}::uuid[]) and p.opening and p.topic_id = t.id and t.language = ${language}`.execute(tx);
  }
  await sql`delete from warm_acts where post_id = any(${ids}::uuid[])`.execute(tx);
  await sql`update posts set words = '', state = 'erased', held_for = '{}' where id = any(${ids}::uuid[])`.execute(tx);
}

/** "Somebody who left" from now on; what they said before they were changed goes, and every picture: it may show who she is. */
async function takeNameOff({ tx }: Act, ids: readonly string[]): Promise<void> {
  await sql`delete from post_versions where post_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from post_pictures where post_id = any(${ids}::uuid[])`.execute(tx);
  await sql`update posts set author_id = null, author_mark = null, author_sealed = null, wrapped_key = null, alias = null, pictures = 0 where id = any(${ids}::uuid[])`.execute(tx);
}

/** Others hid her, by her name or where she had none. */
async function forgetMarks({ keys }: Pick<House, "keys">, { tx }: Act, me: MemberId, topics: readonly TopicId[]): Promise<void> {
  await tx.deleteFrom("hidden_members").where("hidden_id", "=", me).execute();
  await sql`delete from hidden_aliases where mark = any(${topics.map((topic) => markIn(keys, topic, me))}::bytea[])`.execute(tx);
}

/** How she read, whom she hid, where she was: all of it goes. That she said yes to something, and took it back, stays as a date. */
async function forgetHabits({ tx, now }: Act, me: MemberId): Promise<void> {
  for (const table of ["unnamed_posts", "warm_acts", "follows", "space_members", "hidden_members", "hidden_aliases", "muted_topics", "muted_words", "answer_offers", "answer_asks", "drafts", "news_asks", "handles"] as const) {
    await sql`delete from ${sql.table(table)} where member_id = ${me}`.execute(tx);
  }
  await tx.updateTable("post_reports").set({ words_sealed: null, wrapped_key: null }).where("reporter_id", "=", me).execute();
  await tx.updateTable("consents").set({ wording: "", withdrawn_at: sql`coalesce(withdrawn_at, ${now})` }).where("member_id", "=", me).execute();
}

/** Those of them whom an older backup brought back leave again, as they left. */
export async function forgetAgain(house: House, parting: Pick<Parting, "forget">, left: readonly { readonly id: string; readonly how: string }[]): Promise<number> {
  const back = await house.db.selectFrom("members").select("id").where("id", "=", sql<string>`any(${left.map(({ id }) => id)}::uuid[])`).where("left_at", "is", null).execute();
  for (const { id } of back) {
    const how = left.some((one) => one.id === id && one.how === "nameless") ? "nameless" : "erase";
    await inTransaction(house, (act) => forgetInCommunity(house, act, parting, id as MemberId, how));
  }
  return back.length;
}
