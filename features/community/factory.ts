import { randomUUID } from "node:crypto";
import type { House } from "../../platform/http/house.ts";
import { memberScope, staffScope, type MemberId, type MemberScope, type SessionId } from "../../platform/http/scope.ts";
import { makeMember } from "../accounts/factory.ts";
import { keepDraft } from "./drafts/commands.ts";
import { hide, muteWord } from "./hiding/commands.ts";
import { askForNews } from "./news/commands.ts";
import { jpegOf, twoHalves } from "../../platform/pictures/factory.ts";
import { addPicture, removePicture, type NewPicture } from "./pictures/commands.ts";
import { plainHandle } from "./names/rules.ts";
import { carryOut, changePost, openTopic, warm, type Kept, type NewTopic } from "./posts/commands.ts";
import { report } from "./reports/commands.ts";
import { joinSpace, openSpace, pauseSpace, type NewSpace } from "./spaces/commands.ts";
import type { PictureId, PostId, SpaceId } from "./types.ts";

/** A coordinator's hand, for what only she does. */
const coordinator = (memberId: MemberId) => staffScope({ memberId, sessionId: randomUUID() as string as SessionId, name: "Lucía", zone: "UTC", roles: new Set(["coordinator"]), twoStep: true, hasTwoStep: true, shared: false, provedAt: Temporal.Instant.fromEpochMilliseconds(0), untold: false });

/** A space for everyone where newcomers are held, unless said otherwise. */
export const makeSpace = (house: House, by: MemberId, more: Partial<NewSpace> = {}): Promise<SpaceId> =>
  openSpace(house, coordinator(by), { language: "both", name: { en: "The first year", es: "El primer año" }, about: { en: "Nights, feeding, feeling.", es: "Noches, comidas, sentir." }, shared: undefined, mode: "held_for_new", pictures: false, ...more });

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

/** A picture put to a post of hers; throws where it was refused. */
export async function aPicture(house: House, scope: MemberScope, post: PostId, more: Partial<NewPicture> = {}): Promise<PictureId> {
  const kept = await addPicture(house, scope, post, { bytes: await jpegOf(twoHalves(32, 16)), shows: "A crib by the window", key: randomUUID(), ...more }, () => Promise.resolve(false));
  if (!kept || "refused" in kept) throw new Error(kept ? kept.refused : "it is not hers");
  return kept.pictureId;
}

const both = (en: string, es: string) => ({ en, es });

/** A community with rows in each of its tables: of one who writes, of one who shares an experience with her, and of one who does not. */
export async function aFullCommunity(house: House, by: MemberId): Promise<Record<"author" | "inside" | "outside", MemberScope>> {
  const settle = async (handle: string) => settleMember(house, await makeMember(house, ["member"]), handle);
  const [author, inside, outside] = [await settle("The author"), await settle("One inside"), await settle("One outside")];
  const open = await makeSpace(house, by, { name: both("For all", "Para todos"), mode: "watch" });
  const shared = await makeSpace(house, by, { name: both("Loss", "Pérdida"), mode: "watch", shared: both("I lost a baby.", "Perdí un bebé.") });
  const reads = await makeSpace(house, by, { name: both("Read first", "Se lee antes"), mode: "read_first" });
  for (const who of [author, inside]) await joinSpace(house, who, shared);
  const kept = await write(house, author, open, { title: "open", words: "For all." });
  await write(house, author, shared, { title: "shared", words: "For those who share it." });
  await write(house, author, reads, { title: "held", words: "Nobody read it yet." });
  await house.db.updateTable("spaces").set({ pictures: true }).where("id", "=", open).execute();
  const picture = await aPicture(house, author, kept.postId);
  await aPicture(house, author, kept.postId);
  await removePicture(house, author, kept.postId, picture);
  await carryOut(house, kept.postId, "approve", house.now());
  const unnamed = await write(house, author, open, { title: "unnamed", words: "Without my name.", unnamed: true });
  await warm(house, inside, kept.postId, "me_too", true);
  await changePost(house, author, kept.postId, "For all of you.");
  await carryOut(house, kept.postId, "approve", house.now());
  await pauseSpace(house, coordinator(by), reads, both("A quiet night.", "Una noche tranquila."), house.now().add({ hours: 8 }));
  await hide(house, inside, kept.postId, "mute");
  await hide(house, outside, kept.postId, "block");
  for (const who of [inside, outside]) {
    const [member_id, at] = [who.member.memberId, house.now()];
    for (const what of ["mute", "topic"] as const) await hide(house, who, unnamed.postId, what);
    await muteWord(house, who, "bottle");
    await askForNews(house, who, "week");
    await keepDraft(house, who, { topicId: kept.topicId }, { words: "Not sent." }, undefined);
    await report(house, who, kept.postId, { key: randomUUID(), reason: "other", words: "" });
    await house.db.insertInto("consents").values({ member_id, kind: "share", wording: "Yes.", given_at: at }).execute();
    await house.db.insertInto("answer_offers").values({ space_id: open, member_id, offered_at: at }).execute();
    await house.db.insertInto("answer_asks").values({ topic_id: kept.topicId, member_id, round: 0, asked_at: at }).execute();
  }
  return { author, inside, outside };
}
