import { randomUUID } from "node:crypto";
import { openSideDoor } from "../cast/side-door.ts";
import { createMember, startSession } from "../features/accounts/commands.ts";
import { plainHandle } from "../features/community/names/rules.ts";

/** A community with `topics` topics of eleven posts each in one space, and a member who reads it: her cookie and the space. */
export async function makeCommunity(url: string, masterKey: string, topics: number): Promise<{ readonly cookie: string; readonly space: string; readonly topic: string; close(): Promise<void> }> {
  const door = openSideDoor(url, masterKey);
  const now = door.now();
  const members: string[] = [];
  for (let at = 0; at < 40; at++) {
    const handle = `Reader ${at}`;
    const id = await createMember(door, { name: handle, signInName: `reader.${at}`, language: "en", zone: "America/Los_Angeles", roles: [{ role: "member" }] });
    if (typeof id !== "string") throw new Error(id.refused);
    await door.db.insertInto("handles").values({ member_id: id, handle, plain: plainHandle(handle), taken_at: now, join_key: randomUUID() }).execute();
    members.push(id);
  }
  const member = (at: number) => members[at % members.length] ?? "";
  const { id: space } = await door.db.insertInto("spaces").values({ language: "both", name_en: "A full space", name_es: "Un espacio lleno", about_en: "Eleven thousand posts.", about_es: "Once mil mensajes.", mode: "held_for_new", made_at: now }).returning("id").executeTakeFirstOrThrow();
  let last = "";
  for (let at = 0; at < topics; at++) {
    const id = randomUUID();
    const shown = now.subtract({ minutes: topics - at });
    await door.db.insertInto("topics").values({ id, space_id: space, title: `The ${at}th thing that nobody told me`, language: "en", made_at: shown, shown_at: shown, last_at: shown, replies: 10 }).execute();
    await door.db
      .insertInto("posts")
      .values(Array.from({ length: 11 }, (_, each) => ({ id: randomUUID(), topic_id: id, space_id: space, opening: each === 0, author_id: member(at + each), words: `Words at ${at} and ${each}. She slept for two hours, then I walked with her up and down until it grew light, and nobody saw us but the baker.`, language: "en", state: "shown", sent_key: randomUUID(), written_at: shown, shown_at: shown })))
      .execute();
    last = id;
  }
  const cookie = `__Host-session=${await startSession(door, { memberId: members[0] as Parameters<typeof startSession>[1]["memberId"], way: "passphrase", device: "? on ?" })}`;
  return { cookie, space, topic: last, close: () => door.close() };
}

/** The 20 rows of a space's list, asked as plainly as can be, without a wall and without what she hides. */
export const plainList = "select t.id, t.title, t.last_at, t.replies, t.note, h.handle, left(p.words, 160) as begins from topics t join posts p on p.topic_id = t.id and p.opening left join handles h on h.member_id = p.author_id where t.space_id = $1 and t.shown_at is not null order by t.last_at desc, t.id desc limit 21";
