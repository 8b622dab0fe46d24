import { openSideDoor, type SideDoor } from "../cast/side-door.ts";
import { startSession } from "../features/accounts/commands.ts";
import { openConversation, sendMessage } from "../features/helpline/commands.ts";
import { takeConversation } from "../features/helpline/desk/commands.ts";
import { aMember, inside, onDuty, opening } from "../features/helpline/factory.ts";
import { isRefusal } from "../features/helpline/types.ts";
import type { StaffScope } from "../platform/http/scope.ts";

export type Talk = { readonly id: string; readonly parent: string; readonly volunteer: string; readonly supervisor: string };

/** A long night, made by the program's own commands: everyone's cookies, for whoever plays them. */
export type Night = { readonly talks: readonly Talk[]; readonly idleVolunteer: string; readonly longTalk: string; readonly door: SideDoor; close(): Promise<void> };

const capEach = 10;

/** `count` conversations under way, each with a volunteer who has answered; 20 more that wait; and one of 20 entries. */
export async function makeNight(url: string, masterKey: string, count: number): Promise<Night> {
  const door = openSideDoor(url, masterKey);
  const cookie = async ({ member }: StaffScope) => `__Host-session=${await startSession(door, { memberId: member.memberId, way: "demo", device: "? on ?" })}`;
  const supervisor = await aMember(door, "Judith", ["supervisor"]);
  const talks: Talk[] = [];
  const volunteerWithHers = async (at: number) => {
    const scope = await onDuty(door, `Peer ${at}`, { cap: capEach });
    for (let each = 0; each < capEach; each++) {
      const { scope: parent, token } = await openConversation(door, opening());
      const taken = await takeConversation(door, scope, parent.conversationId);
      if (isRefusal(taken)) throw new Error(taken.refused);
      await sendMessage(door, inside(scope, parent), "I am here. How was your night?", crypto.randomUUID());
      // A session for each, as one session has only so many places for streams.
      talks.push({ id: parent.conversationId, parent: `__Host-conversation=${token}`, volunteer: await cookie(scope), supervisor: await cookie(supervisor) });
    }
  };
  for (let at = 0; at < count / capEach; at += 5) await Promise.all(Array.from({ length: 5 }, (_, more) => volunteerWithHers(at + more)));
  await door.db.updateTable("conversations").set({ waiting_since: null }).execute();
  for (let at = 0; at < 20; at++) await openConversation(door, opening());
  const long = await openConversation(door, opening());
  await door.db.updateTable("conversations").set({ waiting_since: null }).where("id", "=", long.scope.conversationId).execute();
  for (let at = 0; at < 19; at++) await sendMessage(door, long.scope, `The ${at}th thing on my mind at this hour.`, crypto.randomUUID());
  const idleVolunteer = await cookie(await onDuty(door, "Ines"));
  // Desks of these volunteers are open all the while; in life their pages say so every half a minute.
  const alive = setInterval(() => void door.db.updateTable("shifts").set({ seen_at: door.now() }).execute(), 20_000);
  return {
    talks,
    idleVolunteer,
    longTalk: `__Host-conversation=${long.token}`,
    door,
    async close() {
      clearInterval(alive);
      await door.close();
    },
  };
}
