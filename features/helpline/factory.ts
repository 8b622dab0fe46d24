import { randomUUID } from "node:crypto";
import { createMember } from "../accounts/commands.ts";
import { deskScope, staffScope, type ConversationId, type DeskScope, type MemberId, type ParentScope, type SessionId, type StaffRole, type StaffScope } from "../../platform/http/scope.ts";
import type { House } from "../../platform/http/house.ts";
import type { Language } from "../../platform/i18n/words.ts";
import { openConversation, type Opening } from "./commands.ts";
import { goOnDuty } from "./desk/commands.ts";

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
