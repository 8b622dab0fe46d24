import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { buildApp, type App } from "../../../platform/http/app.tsx";
import type { Call, Notify } from "../../../platform/delivery/notify.ts";
import type { House } from "../../../platform/http/house.ts";
import type { ConversationId, DeskScope, MemberId, StaffRole, StaffScope } from "../../../platform/http/scope.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { NotHere, OurFault, TooLarge } from "../../safety/apologies/routes.tsx";
import { goOnDuty, takeConversation } from "../desk/commands.ts";
import { aParent } from "../factory.ts";
import { sendMessage, type Opening } from "../commands.ts";
import { helplineRoom } from "../routes.tsx";

export const helplineApp = (house: House): App => buildApp(house, [helplineRoom(house)], { notHere: NotHere, ourFault: OurFault, tooLarge: TooLarge });

export type Staff = { readonly id: MemberId; readonly scope: StaffScope; readonly page: ReturnType<typeof browser> };

/** Somebody of the staff, signed in, with a browser of her own. */
export async function signedInAs(house: House, app: App, name: string, roles: readonly StaffRole[], language = "en"): Promise<Staff> {
  const { id, cookie, scope } = await makeSignedIn(house, roles, { name });
  return { id, scope, page: browser(app, cookie, language) };
}

/** A parent whom this volunteer has just taken. */
export async function aTakenParent(house: House, volunteer: StaffScope, changed: Partial<Opening> = {}): Promise<{ id: ConversationId; desk: DeskScope; path: string }> {
  await goOnDuty(house, volunteer, { languages: ["en", "es"], cap: 10, hours: 8 });
  const parent = await aParent(house, changed);
  const taken = await takeConversation(house, volunteer, parent.conversationId);
  if ("refused" in taken) throw new Error(taken.refused);
  return { id: parent.conversationId, desk: taken, path: `/desk/conversations/${parent.conversationId}` };
}

/** A parent who was taken, and has an answer. */
export async function anAnsweredParent(...how: Parameters<typeof aTakenParent>): ReturnType<typeof aTakenParent> {
  const taken = await aTakenParent(...how);
  await sendMessage(how[0], taken.desk, "I am here.", randomUUID());
  return taken;
}

/** Nobody holds and nobody waits: what one test left behind does not stand in the way of the next. */
export async function clearTheLine(house: House): Promise<void> {
  await house.db.updateTable("claims").set({ released_at: house.now(), release_reason: "handed_over" }).where("released_at", "is", null).execute();
  await house.db.updateTable("conversations").set({ waiting_since: null }).where("waiting_since", "is not", null).execute();
}

/** Keeps who was called and with what, instead of sending anything. */
export function listening(): { readonly calls: { readonly to: readonly MemberId[]; readonly message: Call }[]; readonly notify: Notify } {
  const calls: { to: readonly MemberId[]; message: Call }[] = [];
  return {
    calls,
    notify: (to, message) => {
      calls.push({ to, message });
      return Promise.resolve();
    },
  };
}

/** The jobs that wait under this name, oldest first: what they carry and when they run. */
export async function jobsWaiting(house: House, task: string): Promise<{ payload: Record<string, unknown>; runAt: string; key: string | null }[]> {
  const { rows } = await sqlJobs(house, task);
  return rows.map((row) => ({ payload: row.payload, runAt: row.run_at.toString(), key: row.key }));
}

const sqlJobs = (house: House, task: string) =>
  sql<{ payload: Record<string, unknown>; run_at: Temporal.Instant; key: string | null }>`
    select p.payload, p.run_at, p.key from graphile_worker._private_jobs p
    join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier = ${task} order by p.id`.execute(house.db);
