import { randomUUID } from "node:crypto";
import type { House } from "../../platform/http/house.ts";
import { memberScope, staffScope, type MemberId, type MemberScope, type SessionId } from "../../platform/http/scope.ts";
import { plainHandle } from "./names/rules.ts";
import { openTopic, type Kept, type NewTopic } from "./posts/commands.ts";
import { openSpace, type NewSpace } from "./spaces/commands.ts";
import type { SpaceId } from "./types.ts";

/** A coordinator's hand, for what only she does. */
const coordinator = (memberId: MemberId) => staffScope({ memberId, sessionId: randomUUID() as string as SessionId, name: "Lucía", zone: "UTC", roles: new Set(["coordinator"]), twoStep: true, hasTwoStep: true, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false });

/** A space for everyone where newcomers are held, unless said otherwise. */
export const makeSpace = (house: House, by: MemberId, more: Partial<NewSpace> = {}): Promise<SpaceId> =>
  openSpace(house, coordinator(by), { language: "both", name: { en: "The first year", es: "El primer año" }, about: { en: "Nights, feeding, feeling.", es: "Noches, comidas, sentir." }, shared: undefined, mode: "held_for_new", ...more });

let counter = 0;

/** Somebody with a place in the community, as her gate would make her. `member`: made by the accounts. */
export async function settleMember(house: House, member: MemberId, handle = `Lantern ${++counter}`): Promise<MemberScope> {
  await house.db.insertInto("handles").values({ member_id: member, handle, plain: plainHandle(handle), taken_at: house.now(), join_key: randomUUID() }).execute();
  return memberScope({ memberId: member, sessionId: randomUUID() as string as SessionId, name: handle, zone: "America/Los_Angeles", roles: new Set(["member"]), twoStep: false, hasTwoStep: false, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false });
}

/** A topic as she opens it; throws where it was refused. */
export async function write(house: House, scope: MemberScope, space: SpaceId, more: Partial<NewTopic> = {}): Promise<Kept> {
  const kept = await openTopic(house, scope, space, { key: randomUUID(), title: "Is anybody awake?", words: "He only sleeps on me.", language: "en", note: undefined, unnamed: false, ...more });
  if ("refused" in kept) throw new Error(kept.refused);
  return kept;
}
