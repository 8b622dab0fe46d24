import { randomUUID } from "node:crypto";
import { createMember } from "../accounts/commands.ts";
import { deskScope, staffScope, type ConversationId, type DeskScope, type MemberId, type ParentScope, type SessionId, type StaffRole, type StaffScope } from "../../platform/http/scope.ts";
import type { House } from "../../platform/http/house.ts";
import type { Language } from "../../platform/i18n/words.ts";
import { openConversation, type Opening } from "./commands.ts";
import { goOnDuty, takeConversation } from "./desk/commands.ts";

/** Maya's opening, changed where a test says so. */
export const opening = (changed: Partial<Opening> = {}): Opening => ({
  openingKey: randomUUID(),
  language: "en",
  nickname: "Maya",
  about: "me",
  stage: "after_birth",
  inDanger: false,
  words: "Is anybody awake?",
  zone: "America/Los_Angeles",
  ...changed,
});

export async function aParent(house: House, changed: Partial<Opening> = {}): Promise<ParentScope> {
  return (await openConversation(house, opening(changed))).scope;
}

/** A member of staff, made in the database, as her gate would let her in. */
export async function aMember(house: House, name: string, roles: readonly StaffRole[] = ["volunteer"]): Promise<StaffScope> {
  const id = await createMember(house, { name, signInName: `${name.toLowerCase().replaceAll(/[^a-z]/g, "")}-${randomUUID().slice(0, 8)}`, language: "en", zone: "America/Los_Angeles", roles: roles.map((role) => ({ role })) });
  if (typeof id !== "string") throw new Error(id.refused);
  return staffScope({ memberId: id, sessionId: randomUUID() as SessionId, name, zone: "America/Los_Angeles", roles: new Set(roles), twoStep: true, hasTwoStep: true, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false });
}

export async function onDuty(house: House, name: string, shift: { languages?: readonly Language[]; cap?: number; hours?: number; roles?: readonly StaffRole[] } = {}): Promise<StaffScope> {
  const scope = await aMember(house, name, shift.roles);
  await goOnDuty(house, scope, { languages: shift.languages ?? ["en", "es"], cap: shift.cap ?? 2, hours: shift.hours ?? 4 });
  return scope;
}

export const inside = (scope: StaffScope, parent: { conversationId: ConversationId }, holding = true): DeskScope => deskScope(scope.member, parent.conversationId, holding);
export const nobody = "00000000-0000-4000-8000-000000000000" as MemberId;

/** A conversation that a volunteer holds, with a row in each table that hangs on one. */
export async function aFullConversation(house: House, volunteer: StaffScope): Promise<ParentScope> {
  const parent = await aParent(house, { inDanger: true });
  const [id, memberId, at] = [parent.conversationId, volunteer.member.memberId, house.now()];
  await takeConversation(house, volunteer, id);
  await house.db.insertInto("handovers").values({ conversation_id: id, from_member: memberId, note_sealed: Buffer.of(1), made_at: at }).execute();
  await house.db.insertInto("invitations_in").values({ conversation_id: id, invited_by: memberId, invited_at: at }).execute();
  const callBack = await house.db.insertInto("call_backs").values({ conversation_id: id, way: "here", promised_at: at, due_at: at }).returning("id").executeTakeFirstOrThrow();
  await house.db.insertInto("call_back_tries").values({ call_back_id: callBack.id, member_id: memberId, reached: false, at }).execute();
  const concern = await house.db.selectFrom("concerns").select("id").where("conversation_id", "=", id).executeTakeFirstOrThrow();
  await house.db.insertInto("concern_pages").values({ concern_id: concern.id, member_id: memberId, paged_at: at }).execute();
  await house.db.insertInto("referrals").values({ conversation_id: id, member_id: memberId, line: "A line", at }).execute();
  await house.db.insertInto("closures").values({ conversation_id: id, member_id: memberId, outcome: "listened", reasons: [], at }).execute();
  await house.db.insertInto("debriefs").values({ conversation_id: id, member_id: memberId, how: "fine", wants_talk: false, at }).execute();
  await house.db.insertInto("conversation_origins").values({ conversation_id: id, fingerprint: Buffer.of(1), seen_at: at }).execute();
  await house.db.insertInto("blocks").values({ conversation_id: id, fingerprint: Buffer.of(1), made_by: memberId, made_at: at, reason: "other", expires_at: at }).execute();
  return parent;
}
