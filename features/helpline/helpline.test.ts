import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { furnishTheStreet } from "../../cast/street.ts";
import { parentScope, type ConversationId } from "../../platform/http/scope.ts";
import { codeBits } from "../../platform/crypto/six-words.ts";
import * as helpline from "./commands.ts";
import { eraseConversation, eraseWhatIsDue } from "./erasure/commands.ts";
import { parentFrames } from "./parent/live.tsx";
import { leaveContact } from "./promises/commands.ts";
import * as desk from "./desk/commands.ts";
import { deskFrames } from "./desk/live.tsx";
import { aMember, aParent, inside, onDuty, opening } from "./factory.ts";
import { conversationByLink, conversationsWaiting, entriesAfter, isHolding, promiseOf, standingOf, waitNow } from "./queries.ts";
import type { Refusal } from "./types.ts";

const house = await openTestHouse();
await furnishTheStreet(house);

const wordsOf = async (scope: Parameters<typeof entriesAfter>[2]) => (await entriesAfter(house.db, house.keys, scope, 0)).flatMap(({ body }) => body ?? []);
const kindsOf = async (scope: Parameters<typeof entriesAfter>[2]) => (await entriesAfter(house.db, house.keys, scope, 0)).map(({ kind }) => kind);

describe("a parent opens a conversation", () => {
  test("and it waits, with her words sealed in the database", async () => {
    const ana = await onDuty(house, "Ana");
    const parent = await aParent(house, { words: "canary-4711 I am so tired" });
    expect(await wordsOf(parent)).toEqual(["canary-4711 I am so tired"]);
    const raw = await house.db.selectFrom("entries").select("body_sealed").where("conversation_id", "=", parent.conversationId).executeTakeFirstOrThrow();
    expect(raw.body_sealed?.toString("latin1")).not.toContain("canary");
    expect((await conversationsWaiting(house.db, ana)).map(({ id }) => id)).toContain(parent.conversationId);
    await desk.goOffDuty(house, ana);
  });

  test("twice with the same form, and it is one conversation: each answer carries a key, as the first may have been lost", async () => {
    const once = opening();
    const both = await Promise.all([helpline.openConversation(house, once), helpline.openConversation(house, once)]);
    const opened = await Promise.all(both.map(({ token }) => conversationByLink(house.db, token ?? "")));
    expect(new Set([...opened, ...both.map(({ scope }) => scope.conversationId)]).size).toBe(1);
  });

  test("and once her page was shown, or after ten minutes, the same form opens nothing", async () => {
    const [shown, old] = [opening(), opening()];
    const { scope } = await helpline.openConversation(house, shown);
    await helpline.markShown(house, scope, 1);
    expect((await helpline.openConversation(house, shown)).token).toBeUndefined();
    await helpline.openConversation(house, old);
    house.passTime({ minutes: 10 });
    expect((await helpline.openConversation(house, old)).token).toBeUndefined();
  });

  test("and comes back by six words or link, until she deletes it", async () => {
    const { token, scope } = await helpline.openConversation(house, opening());
    expect(await conversationByLink(house.db, token ?? "")).toBe(scope.conversationId);
    const again = await helpline.reopenByCode(house, [codeBits(token ?? "")]);
    expect(await conversationByLink(house.db, again ?? "")).toBe(scope.conversationId);
    await eraseConversation(house, scope.conversationId, "parent");
    expect(await conversationByLink(house.db, token ?? "")).toBeUndefined();
    expect(await helpline.reopenByCode(house, [codeBits(token ?? "")])).toBeUndefined();
  });

  test("with nobody on duty, and is promised an answer that a coordinator owns", async () => {
    await house.db.updateTable("shifts").set({ ended_at: house.now() }).where("ended_at", "is", null).execute();
    const { scope, promised } = await helpline.openConversation(house, opening());
    expect(promised).toBe(true);
    const row = await house.db.selectFrom("call_backs").select(["owner_id", "way"]).where("conversation_id", "=", scope.conversationId).executeTakeFirstOrThrow();
    expect(row.way).toBe("here");
    expect(row.owner_id).not.toBeNull();
    const wait = await waitNow(house.db, "en", house.now());
    expect(wait.kind).toBe("closed");
  });

  test("and says that someone is in danger: she is first, a concern is open and a supervisor is paged", async () => {
    const ana = await onDuty(house, "Ana");
    await aParent(house);
    const parent = await aParent(house, { inDanger: true });
    const [first] = await conversationsWaiting(house.db, ana);
    expect(first?.risk).toBe(true);
    expect(await house.db.selectFrom("concerns").select("source").where("conversation_id", "=", parent.conversationId).executeTakeFirst()).toEqual({ source: "parent_said" });
    expect(await kindsOf(parent)).not.toContain("raised");
    expect(await kindsOf(inside(await aMember(house, "Judith", ["supervisor"]), parent))).toContain("raised");
  });
});

describe("messages", () => {
  test("keep their order and their number, and a retry is the same message", async () => {
    const parent = await aParent(house, { words: undefined });
    const key = randomUUID();
    const first = await helpline.sendMessage(house, parent, "one", key);
    const retry = await helpline.sendMessage(house, parent, "one", key);
    expect(retry).toEqual(first);
    await Promise.all(Array.from({ length: 20 }, (_, at) => helpline.sendMessage(house, parent, `more ${at}`, randomUUID())));
    const entries = await entriesAfter(house.db, house.keys, parent, 0);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
  });

  test("of an ended conversation are refused", async () => {
    const parent = await aParent(house);
    await helpline.endConversation(house, parent);
    expect(await helpline.sendMessage(house, parent, "late", randomUUID())).toEqual({ refused: "conversationEnded" } satisfies Refusal);
  });

  test("cannot be read through another conversation's scope", async () => {
    const [one, two] = [await aParent(house, { words: "mine" }), await aParent(house, { words: "hers" })];
    expect(await wordsOf(one)).toEqual(["mine"]);
    expect(await wordsOf(parentScope(two.conversationId))).toEqual(["hers"]);
    expect(await wordsOf(parentScope(randomUUID() as ConversationId))).toEqual([]);
  });
});

describe("what is sealed", () => {
  async function aNote() {
    const ana = await onDuty(house, "Ana");
    const parent = await aParent(house, { nickname: "Maya" });
    const scope = await desk.takeConversation(house, ana, parent.conversationId);
    if ("refused" in scope) throw new Error(scope.refused);
    const key = randomUUID();
    await desk.writeNote(house, scope, "canary-6120 she sounds afraid", key);
    return { parent, scope, key, id: parent.conversationId };
  }

  test("opens as what it is alone: a private note in the place of a message is shown to nobody", async () => {
    const { parent, scope, id } = await aNote();
    expect(await wordsOf(scope)).toContain("canary-6120 she sounds afraid");
    await house.db.updateTable("entries").set({ kind: "message" }).where("conversation_id", "=", id).where("kind", "=", "note").execute();
    await expect(wordsOf(parent)).rejects.toThrow();
  });

  test("does not open in the place of another part of the same conversation", async () => {
    const { parent, id } = await aNote();
    const { nickname_sealed: nickname } = await house.db.selectFrom("conversations").select("nickname_sealed").where("id", "=", id).executeTakeFirstOrThrow();
    await house.db.updateTable("entries").set({ body_sealed: nickname }).where("conversation_id", "=", id).where("kind", "=", "message").execute();
    await expect(wordsOf(parent)).rejects.toThrow();
  });

  test("under a key that a note has is no message, and the note stays shut", async () => {
    const { scope, key } = await aNote();
    expect(await helpline.sendMessage(house, scope, "canary-6120 she sounds afraid", key)).toEqual({ refused: "keyTaken" });
  });
});

describe("a volunteer", () => {
  test("takes a conversation, answers, and the parent sees her first name", async () => {
    const ana = await onDuty(house, "Ana");
    const parent = await aParent(house);
    await desk.takeConversation(house, ana, parent.conversationId);
    await helpline.sendMessage(house, inside(ana, parent), "I am here.", randomUUID());
    expect((await standingOf(house.db, parent))?.with).toEqual(["Ana"]);
    expect((await entriesAfter(house.db, house.keys, parent, 0)).at(-1)).toMatchObject({ kind: "message", author: "staff", name: "Ana", body: "I am here." });
  });

  test("who is off duty cannot take one; at her cap neither", async () => {
    const parent = await aParent(house);
    expect(await desk.takeConversation(house, await aMember(house, "Marco"), parent.conversationId)).toEqual({ refused: "notOnDuty" });
    const grace = await onDuty(house, "Grace", { cap: 1 });
    await desk.takeConversation(house, grace, parent.conversationId);
    expect(await desk.takeConversation(house, grace, (await aParent(house)).conversationId)).toEqual({ refused: "capReached" });
  });

  test("who writes nothing for 60 seconds loses it to the front of the queue, with a note", async () => {
    const ana = await onDuty(house, "Ana");
    const parent = await aParent(house);
    await desk.takeConversation(house, ana, parent.conversationId);
    house.passTime({ seconds: 59 });
    await desk.signOfLife(house, ana.member.memberId);
    await desk.sweepTheLine(house);
    expect(await isHolding(house.db, ana.member.memberId, parent.conversationId)).toBe(true);
    house.passTime({ seconds: 1 });
    await desk.sweepTheLine(house);
    expect(await isHolding(house.db, ana.member.memberId, parent.conversationId)).toBe(false);
    expect((await conversationsWaiting(house.db, ana)).find(({ id }) => id === parent.conversationId)?.place).toBe(1);
    expect(await kindsOf(parent)).toContain("returned");
  });

  test("whose desk is gone for two minutes leaves nobody waiting on her", async () => {
    const ana = await onDuty(house, "Ana");
    const parent = await aParent(house);
    await desk.takeConversation(house, ana, parent.conversationId);
    await helpline.sendMessage(house, inside(ana, parent), "Hello", randomUUID());
    house.passTime({ seconds: 120 });
    await desk.sweepTheLine(house);
    expect((await standingOf(house.db, parent))?.waitingSince).toBeDefined();
    expect(await promiseOf(house.db, parent)).toMatchObject({ way: "here", done: false });
  });

  test("who is gone leaves a supervisor beside the parent, who is told so while she waits, until the supervisor leaves too", async () => {
    const ana = await onDuty(house, "Ana");
    const judith = await aMember(house, "Judith", ["supervisor"]);
    const parent = await aParent(house);
    await desk.takeConversation(house, ana, parent.conversationId);
    await desk.inviteSupervisor(house, inside(ana, parent));
    const shown = async (language: "en" | "es") => {
      const standing = await standingOf(house.db, parent);
      return standing ? (await parentFrames(house, standing, { side: "parent", language, zone: "America/Los_Angeles" }, 1_000)).standing : "";
    };
    const deskShown = async () => {
      const standing = await standingOf(house.db, parent);
      return standing ? (await deskFrames(house, standing, inside(judith, parent), { side: "desk", language: "en", zone: "America/Los_Angeles", memberId: judith.member.memberId, roles: ["supervisor"] }, 1_000)).standing : "";
    };
    await desk.joinConversation(house, inside(judith, parent));
    expect(await shown("en")).toContain("Ana and Judith are here with you.");
    await desk.goOffDuty(house, ana);
    expect(await standingOf(house.db, parent)).toMatchObject({ waitingSince: house.now(), with: ["Judith"] });
    expect(await shown("en")).toContain("Judith is still here with you.");
    expect(await shown("en")).toContain("Nobody else is on duty");
    expect(await shown("es")).toContain("Judith sigue aquí contigo.");
    expect(await deskShown()).toContain("Still in the conversation: Judith");
    const marco = await onDuty(house, "Marco");
    expect(await shown("en")).toContain("Judith is still here with you.");
    expect(await shown("en")).toContain("You are in the queue.");
    await desk.leaveConversation(house, inside(judith, parent));
    expect(await shown("en")).not.toContain("Judith");
    expect(await deskShown()).toContain("Nobody is with them right now.");
    await desk.takeConversation(house, marco, parent.conversationId);
    expect(await shown("en")).toContain("Marco is here with you. A parent volunteer.");
    await desk.goOffDuty(house, marco);
  });

  test("who was beside the parent and then takes the conversation is named once", async () => {
    const judith = await onDuty(house, "Judith", { roles: ["volunteer", "supervisor"] });
    const parent = await aParent(house);
    await desk.joinConversation(house, inside(judith, parent));
    await desk.takeConversation(house, judith, parent.conversationId);
    expect((await standingOf(house.db, parent))?.with).toEqual(["Judith"]);
    await desk.goOffDuty(house, judith);
  });

  test("hands over to a colleague with the note that must be written", async () => {
    const [ana, marco] = [await onDuty(house, "Ana"), await onDuty(house, "Marco")];
    const parent = await aParent(house);
    await desk.takeConversation(house, ana, parent.conversationId);
    expect(await desk.handOver(house, inside(ana, parent), marco.member.memberId, "  ")).toEqual({ refused: "noteMissing" });
    expect(await desk.handOver(house, inside(ana, parent), marco.member.memberId, "Her mother arrives at six.")).toBeUndefined();
    expect(await isHolding(house.db, marco.member.memberId, parent.conversationId)).toBe(true);
    expect(await wordsOf(inside(marco, parent))).toContain("Her mother arrives at six.");
    expect(await wordsOf(parent)).not.toContain("Her mother arrives at six.");
  });
});

test("what is erased is gone: key, words, contact, links; the count stays", async () => {
  const parent = await aParent(house, { words: "to be deleted" });
  await leaveContact(house, parent, { way: "call", contact: "+1 805 555 0100", safeWay: "never_name_us", bestTime: "any" });
  await eraseConversation(house, parent.conversationId, "parent");
  expect(await wordsOf(parent)).toEqual([]);
  const row = await house.db.selectFrom("conversations").selectAll().where("id", "=", parent.conversationId).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ wrapped_key: null, nickname_sealed: null, zone: null, erased_by: "parent" });
  expect(await house.db.selectFrom("call_backs").select(["contact_sealed", "outcome"]).where("conversation_id", "=", parent.conversationId).executeTakeFirst()).toEqual({ contact_sealed: null, outcome: "withdrawn" });
});

test("retention destroys what ended longer ago than the network keeps it, and nothing younger", async () => {
  const [old, young] = [await aParent(house), await aParent(house)];
  await helpline.endConversation(house, old);
  house.passTime({ hours: 24 * 29 });
  await helpline.endConversation(house, young);
  house.passTime({ hours: 25 });
  await eraseWhatIsDue(house);
  const state = async (id: ConversationId) => (await house.db.selectFrom("conversations").select("erased_by").where("id", "=", id).executeTakeFirstOrThrow()).erased_by;
  expect(await state(old.conversationId)).toBe("retention");
  expect(await state(young.conversationId)).toBeNull();
});
