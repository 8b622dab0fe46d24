import { afterEach, describe, expect, test } from "vitest";
import { furnishTheStreet } from "../../../cast/street.ts";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { Stream } from "../../../platform/live/hub.ts";
import { leaveContact } from "../promises/commands.ts";
import { sendMessage } from "../commands.ts";
import { inviteSupervisor } from "../desk/commands.ts";
import { aParent } from "../factory.ts";
import { aTakenParent, anAnsweredParent, clearTheLine, helplineApp, signedInAs } from "./factory.ts";
import { boardRefresh } from "./live.tsx";
import { boardNow } from "./queries.ts";

const house = await openTestHouse();
await furnishTheStreet(house);
const app = helplineApp(house);
const ana = await signedInAs(house, app, "Ana", ["volunteer"]);
const judith = await signedInAs(house, app, "Judith", ["supervisor"]);
const lucia = await signedInAs(house, app, "Lucía", ["coordinator"]);
const pilar = await signedInAs(house, app, "Pilar", ["coordinator"], "es");
afterEach(async () => {
  await clearTheLine(house);
  await house.db.updateTable("concerns").set({ closed_at: house.now() }).where("closed_at", "is", null).execute();
  await house.db.updateTable("shifts").set({ ended_at: house.now() }).where("ended_at", "is", null).execute();
});

describe("the board", () => {
  test("says who waits, since when, and that nobody answers in Spanish", async () => {
    const { text: before } = await judith.page.get("/board");
    expect(before).toContain("Nobody answers in Spanish now");
    await aParent(house, { language: "es", nickname: "Rosa", words: "canary-8812" });
    house.passTime({ minutes: 7 });
    await aParent(house, { inDanger: true });
    const board = await boardNow(house.db, house.now());
    expect([board.waiting, board.danger]).toEqual([2, 1]);
    const { text } = await judith.page.get("/board");
    expect(text).toContain("7 min");
    expect(text).toContain("One in danger");
    expect(text).not.toMatch(/canary|Rosa/);
  });

  test("shows who is on duty in which language, with places taken", async () => {
    await aTakenParent(house, ana.scope);
    const { text } = await lucia.page.get("/board");
    expect(text).toContain("1 of 10 places taken");
    expect(text).toContain("Ana");
  });

  test("shows an open concern until somebody has it, with the button to say so", async () => {
    const { path } = await aTakenParent(house, ana.scope);
    await ana.page.post(`${path}/concern/raise`);
    const { text } = await judith.page.get("/board");
    expect(text).toContain("Nobody has acknowledged");
    expect(text).toContain("Nobody could be asked yet");
    expect(text).toContain(`href="${path}/concern"`);
    const action = /action="(\/desk\/concerns\/[^"]+\/acknowledge)"/.exec(text)?.[1] ?? "";
    const forCoordinator = (await lucia.page.get("/board")).text;
    expect(forCoordinator).toContain(action);
    expect(forCoordinator).not.toContain(`href="${path}/concern"`);
    expect((await lucia.page.post(action)).to).toBe("/board");
    expect((await judith.page.get("/board")).text).toContain("Lucía has it");
  });

  test("shows volunteers who ask a supervisor in, and those who want to talk", async () => {
    const { path, desk, id } = await anAnsweredParent(house, ana.scope, { stage: "after_loss" });
    await inviteSupervisor(house, desk);
    expect((await judith.page.get("/board")).text).toContain("Ana asks a supervisor in");
    await ana.page.post(`${path}/close`, { outcome: "listened" });
    await ana.page.post(`/desk/debrief/${id}`, { how: "shaken", words: "canary-8813 for Judith alone", wantsTalk: "yes" });
    const { text } = await judith.page.get("/board");
    expect(text).not.toContain("Ana asks a supervisor in");
    expect(text).toContain("Ana wants to talk after a hard one");
    expect(text).not.toContain("canary");
    const link = /href="(\/board\/debriefs\/[^"]+)"/.exec(text)?.[1] ?? "";
    expect((await lucia.page.get("/board")).text).not.toContain(link);
    expect((await lucia.page.get(link)).status).toBe(404);
    expect((await judith.page.get(link)).text).toContain("canary-8813 for Judith alone");
    expect(await house.db.selectFrom("audit_entries").select("id").where("act", "=", "opened_debrief").where("member_id", "=", judith.id).execute()).toHaveLength(1);
    expect((await judith.page.post(`${link}/answer`)).to).toBe("/board");
    expect((await judith.page.get("/board")).text).not.toContain("Ana wants to talk");
  });

  test("shows promises past their time", async () => {
    const parent = await aParent(house);
    await leaveContact(house, parent, { way: "text", contact: "+15550107788", safeWay: "text_only", bestTime: "any" });
    await house.db.updateTable("call_backs").set({ due_at: house.now().subtract({ hours: 1 }) }).where("conversation_id", "=", parent.conversationId).execute();
    const { text } = await lucia.page.get("/board");
    expect(text).toContain("Overdue promises");
    expect(text).not.toMatch(/010 ?7788/);
  });

  test("counts today's conversations, those answered and the median wait, from midnight where the network is", async () => {
    house.setClock("2026-11-26T07:59:00Z");
    await aParent(house);
    house.setClock("2026-11-26T08:00:00Z");
    expect((await boardNow(house.db, house.now())).numbers).toEqual({ conversations: 0, answered: 0, medianWaitSeconds: undefined });
    for (const seconds of [30, 120, 90]) {
      const { desk } = await aTakenParent(house, ana.scope);
      house.passTime({ seconds });
      await sendMessage(house, desk, "I am here.", crypto.randomUUID());
    }
    await aParent(house);
    expect((await boardNow(house.db, house.now())).numbers).toEqual({ conversations: 4, answered: 3, medianWaitSeconds: 90 });
    house.setClock("2026-11-24T11:00:00Z");
  });

  test("is in Spanish for who reads Spanish", async () => {
    await aParent(house, { inDanger: true });
    const { text } = await pilar.page.get("/board");
    for (const words of ["El panel", "Avisos de riesgo abiertos", "Nadie se encarga todavía", "Ahora nadie responde en español", "Una persona en peligro"]) expect(text).toContain(words);
  });

  test("is for supervisors and coordinators alone", async () => {
    for (const path of ["/board", "/board/stream", "/board/audit", "/phrases"]) expect((await ana.page.get(path)).status).toBe(404);
    for (const path of ["/board/audit", "/phrases"]) expect((await judith.page.get(path)).status).toBe(404);
  });
});

describe("the board's stream", () => {
  const stream = (lens: object): Stream & { got: string[] } => {
    const got: string[] = [];
    return { lens: JSON.stringify(lens), seen: 0, got, send: (frames) => void got.push(frames) };
  };

  test("brings every part at first and then only what changed, each reader in her language", async () => {
    const [english, spanish] = [stream({ language: "en", zone: "America/Los_Angeles", supervisor: true }), stream({ language: "es", zone: "America/Los_Angeles", supervisor: false })];
    const refresh = boardRefresh(house);
    await refresh("", new Set([english, spanish]));
    expect(english.got[0]?.match(/<turbo-stream action="replace" target="board-/g)).toHaveLength(7);
    await refresh("", new Set([english, spanish]));
    expect([english.got.length, spanish.got.length]).toEqual([1, 1]);
    const { path } = await aTakenParent(house, ana.scope);
    await ana.page.post(`${path}/concern/raise`);
    await refresh("", new Set([english, spanish]));
    expect(english.got[1]).toContain('target="board-concerns"');
    expect(english.got[1]).toContain("Nobody has acknowledged");
    expect(spanish.got[1]).toContain("Nadie se encarga todavía");
    expect(spanish.got[1]).not.toContain(`${path}/concern`);
    expect(english.got[1]).not.toContain('target="board-asks"');
  });
});
