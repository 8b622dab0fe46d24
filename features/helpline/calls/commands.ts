import { sql } from "kysely";
import type { Call, Notify } from "../../../platform/delivery/notify.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, MemberId } from "../../../platform/http/scope.ts";
import { supervisorsNow } from "../../accounts/queries.ts";
import { goneAfterSeconds } from "../rules.ts";
import { say } from "./words.ts";

type Occasion = "waiting" | "handover" | "supervisor";
const call = (occasion: Occasion, path: string): Call => ({
  en: { title: say("en")(`${occasion}Title`), body: say("en")(`${occasion}Body`) },
  es: { title: say("es")(`${occasion}Title`), body: say("es")(`${occasion}Body`) },
  path,
});

/** How often those who could take her are rung again while she waits. */
const ringAgainSeconds = 180;

/**
 * Calls those on duty who speak her language and have a place free; nobody who is busy is rung.
 * Rings again every three minutes for as long as she waits, whoever has come on duty since.
 */
export async function callVolunteers(house: House, conversationId: ConversationId, notify: Notify): Promise<void> {
  const now = house.now();
  const waits = await inTransaction(house, async ({ tx, addJob }) => {
    const row = await tx.selectFrom("conversations").select("id").where("id", "=", conversationId).where("waiting_since", "is not", null).executeTakeFirst();
    if (row) await addJob("call-volunteers", { conversationId }, { runAt: now.add({ seconds: ringAgainSeconds }), key: `call-volunteers-${conversationId}` });
    return row !== undefined;
  });
  if (!waits) return;
  const rows = await house.db
    .selectFrom("shifts as s")
    .innerJoin("conversations as c", (join) => join.on("c.id", "=", conversationId))
    .select("s.member_id")
    .where("c.waiting_since", "is not", null)
    .where("s.ended_at", "is", null)
    .where("s.ends_at", ">", now)
    .where("s.seen_at", ">", now.subtract({ seconds: goneAfterSeconds }))
    .where(sql<boolean>`c.language = any(s.languages)`)
    .where(sql<boolean>`s.cap > (select count(*) from claims k where k.member_id = s.member_id and k.released_at is null)`)
    .execute();
  if (rows.length > 0) await notify(rows.map(({ member_id }) => member_id as MemberId), call("waiting", "/desk"));
}

export const tellOfHandover = (memberId: MemberId, notify: Notify): Promise<void> => notify([memberId], call("handover", "/desk"));

/** Someone left a message while nobody was on duty, or asks to be called: the promise's owner hears of it now. */
export async function tellOfPromise(house: House, conversationId: ConversationId, notify: Notify): Promise<void> {
  const open = await house.db.selectFrom("call_backs").select("owner_id").where("conversation_id", "=", conversationId).where("done_at", "is", null).executeTakeFirst();
  if (open?.owner_id) await notify([open.owner_id as MemberId], call("waiting", "/desk/call-backs"));
}

/** A volunteer asked for a supervisor, and none has come in yet. */
export async function tellSupervisors(house: House, conversationId: ConversationId, notify: Notify): Promise<void> {
  const open = await house.db.selectFrom("invitations_in").select("invited_by").where("conversation_id", "=", conversationId).where("left_at", "is", null).where("joined_at", "is", null).executeTakeFirst();
  if (!open) return;
  const supervisors = await supervisorsNow(house.db, house.now());
  await notify(supervisors.map(({ id }) => id).filter((id) => id !== open.invited_by), call("supervisor", "/board"));
}
