import { hashToken, type Keys } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import { memberScope, type MemberId, type MemberScope, type SessionId } from "../../../platform/http/scope.ts";
import { isBefore, type Instant } from "../../../platform/time/time.ts";
import { newsFor } from "../following/queries.ts";
import { say } from "../words.ts";
import { isDue, toldBefore, toldForSeconds } from "./rules.ts";
import type { Every } from "./types.ts";

/** Of the link that ends it: the same each time, so that an old letter's works, too. It opens nothing else. */
const stopToken = (keys: Keys, member: MemberId): string => keys.fingerprint("no more news", member).toString("base64url");

/** She asks to be told so often at most, or no more. */
export const askForNews = (house: House, { member }: MemberScope, every: Every | "never"): Promise<void> =>
  inTransaction(house, async ({ tx, now }) => {
    const me = member.memberId;
    if (every === "never") await tx.deleteFrom("news_asks").where("member_id", "=", me).execute();
    else await tx.insertInto("news_asks").values({ member_id: me, every, asked_at: now, stop_hash: hashToken(stopToken(house.keys, me)) }).onConflict((already) => already.column("member_id").doUpdateSet({ every })).execute();
  });

/** By the link of a letter, without signing in. It can only end this. */
export const endNews = (house: House, token: string): Promise<void> => inTransaction(house, async ({ tx }) => void (await tx.deleteFrom("news_asks").where("stop_hash", "=", hashToken(token)).execute()));

/** Those whose day or week is over are looked at, each in a job of her own. */
export const lookForNews = (house: House): Promise<void> =>
  inTransaction(house, async ({ tx, now, addJob }) => {
    const due = await tx
      .selectFrom("news_asks")
      .select("member_id")
      .where(({ or, and, eb, fn }) => or((["day", "week"] as const).map((every) => and([eb("every", "=", every), eb(fn.coalesce("told_at", "asked_at"), "<", toldBefore(every, now))]))))
      .execute();
    for (const { member_id } of due) await addJob("tell-of-news", { memberId: member_id }, { key: `tell-of-news ${member_id}` });
  });

/**
 * Tells her that there is something new, and nothing of what or where. Only where something came since she was told or asked; noted before it
 * goes out, so that it goes once at most: what is lost on the way stands on her page.
 */
export async function tellOfNews(house: House, notify: Notify, memberId: MemberId): Promise<void> {
  const due = await inTransaction(house, async ({ tx, now }): Promise<boolean> => {
    const row = await tx.selectFrom("news_asks").select(["every", "asked_at", "told_at"]).where("member_id", "=", memberId).forUpdate().executeTakeFirst();
    const since = row && (row.told_at ?? row.asked_at);
    if (!since || !isDue(row.every as Every, since, now)) return false;
    const news = await newsFor(house.db, house.keys, asHerself(memberId, now));
    if (news.every(({ lastAt }) => isBefore(lastAt, since))) return false;
    await tx.updateTable("news_asks").set({ told_at: now }).where("member_id", "=", memberId).execute();
    return true;
  });
  if (!due) return;
  const said = (language: "en" | "es") => {
    const t = say(language);
    return { title: t("pushTitle"), body: t("newsBody"), end: t("newsEnd") };
  };
  await notify([memberId], { en: said("en"), es: said("es"), path: "/community/mine", forSeconds: toldForSeconds, stop: `/community/news/${stopToken(house.keys, memberId)}/stop` });
}

/** What is new is asked as she would ask herself, behind the same wall. */
const asHerself = (memberId: MemberId, now: Instant): MemberScope => memberScope({ memberId, sessionId: "" as SessionId, name: "", zone: "UTC", roles: new Set(["member"]), twoStep: false, hasTwoStep: false, shared: false, provedAt: now, untold: false });
