import { audit } from "../../../platform/audit/audit.ts";
import { seal } from "../../../platform/crypto/seal.ts";
import { inTransaction } from "../../../platform/db/transaction.ts";
import type { StaffScope } from "../../../platform/http/scope.ts";
import { eveningKey, type EveningHouse } from "../evening/commands.ts";
import { topicOf } from "../events.ts";
import { sessionsOf } from "../queries.ts";
import type { SessionId } from "../types.ts";
import { boundTo, messageTimes } from "./queries.ts";
import { refusalToWrite, type MessageRefusal } from "./rules.ts";

/** Writes to all seats of a meeting: each reads it on its own page and is told by her own way that there is something. The same key again is the same message. */
export const writeToSeats = (house: EveningHouse, { member }: StaffScope, id: SessionId, { words, key }: { readonly words: string; readonly key: string }): Promise<{ readonly refused: MessageRefusal } | undefined> =>
  inTransaction(house, async ({ tx, now, tell, addJob }) => {
    await tx.selectFrom("group_sessions").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
    const [session] = await sessionsOf(tx, { ids: [id] });
    if (!session) return { refused: "over" };
    if (await tx.selectFrom("session_messages").select("id").where("id", "=", key).executeTakeFirst()) return undefined;
    const { ends, cancelledAt, closedAt } = session;
    const written = (await messageTimes(tx, id)).map(({ at }) => at);
    const refused = refusalToWrite({ ends, cancelled: cancelledAt !== undefined, closed: closedAt !== undefined, written }, now);
    if (refused) return { refused };
    const sealed = seal(await eveningKey(house, tx, id), words, boundTo(id, key));
    await tx.insertInto("session_messages").values({ id: key, session_id: id, member_id: member.memberId, body_sealed: sealed, at: now }).execute();
    await audit(tx, { memberId: member.memberId, act: "wrote_to_seats", subjectKind: "group", subjectId: id });
    await addJob("tell-seats", { sessionId: id, what: "message" }, { key: `tell-seats ${id} message` });
    tell(topicOf(id));
    return undefined;
  });
