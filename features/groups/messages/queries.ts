import { unseal, type Keys } from "../../../platform/crypto/seal.ts";
import type { Reader } from "../../../platform/db/database.ts";
import { sealedFor } from "../evening/queries.ts";
import type { SessionId } from "../types.ts";
import type { Message } from "./types.ts";

/** What a message is bound to: this one of this meeting. */
export const boundTo = (session: SessionId, id: string): string => `${sealedFor(session)}/message/${id}`;

/** What was written to all seats of a meeting, the newest first. For its seats, and for who may write to them. */
export async function messagesTo(db: Reader, keys: Keys, session: SessionId): Promise<Message[]> {
  const rows = await db
    .selectFrom("session_messages as o")
    .innerJoin("evening_keys as k", "k.session_id", "o.session_id")
    .leftJoin("members as m", "m.id", "o.member_id")
    .select(["o.id", "o.body_sealed", "o.at", "k.wrapped_key", "m.name"])
    .where("o.session_id", "=", session)
    .orderBy("o.at", "desc")
    .orderBy("o.id")
    .execute();
  const [first] = rows;
  const key = first && keys.openDataKey(first.wrapped_key, sealedFor(session));
  return rows.map(({ id, body_sealed, at, name }) => ({ id, name: name ?? undefined, words: key ? unseal(key, body_sealed, boundTo(session, id)) : "", at }));
}

/** When and as what this meeting's seats were written to, the newest first. */
export const messageTimes = (db: Reader, session: SessionId) => db.selectFrom("session_messages").select(["id", "at"]).where("session_id", "=", session).orderBy("at", "desc").orderBy("id").execute();
