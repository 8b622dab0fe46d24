import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { browser, makeSignedIn } from "../../accounts/factory.ts";
import { safetyApp } from "../factory.ts";
import type { CaseId, DecisionId, DeskSubject } from "../types.ts";
import { decideCase } from "./commands.ts";
import { aCase, aModerator } from "./factory.ts";

const house = await openTestHouse();
const at = house.now().subtract({ minutes: 12 });
const post: DeskSubject = { where: "After birth", title: "Night", words: "I cannot do this <again>.", by: "Lamp 12", state: "waits to be read", at, language: "es", before: [{ by: "Harbor 3", words: "Is anybody awake?", at }], notes: ["Loss"], pictures: [] };
const here = new Set<string>();
const app = safetyApp(house, { subjects: { post: (_db, _scope, id) => Promise.resolve(here.has(id) ? post : undefined) } });
const [wren, pilar] = [await aModerator(house, "Wren"), await aModerator(house, "Pilar")];
const rosa = await makeSignedIn(house, ["member"]);
const [ofWren, ofPilar, ofRosa] = [browser(app, wren.cookie), browser(app, pilar.cookie, "es"), browser(app, rosa.cookie)];

async function waits(more: Parameters<typeof aCase>[1] = {}): Promise<{ id: CaseId; path: string; subjectId: string }> {
  const subjectId = randomUUID();
  here.add(subjectId);
  const id = await aCase(house, { subjectId, authorId: rosa.id, ...more });
  return { id, subjectId, path: `/safety/cases/${id}` };
}

describe("the desk", () => {
  test("lists what waits with its reason in words, since when and who has it, in both languages", async () => {
    const { id, path } = await waits({ reason: "signal", priority: 0, why: ["selfHarm"] });
    house.passTime({ minutes: 7 });
    await ofWren.post(`${path}/claim`);
    const listed = (await ofWren.get("/safety")).text;
    expect(listed).toContain(`/safety/cases/${id}`);
    expect(listed).toContain("Words that ask for a person to look");
    expect(listed).toContain("may be about hurting oneself");
    expect(listed).toMatch(/waits 7 minutes/);
    expect(listed).toContain("You have it");
    const otro = (await ofPilar.get("/safety")).text;
    expect(otro).toContain("puede hablar de hacerse daño");
    expect(otro).toContain("Lo tiene Wren");
  });

  test("shows what was written in the community to who keeps it, and to a supervisor; nobody else finds it", async () => {
    const { path } = await waits();
    for (const role of ["volunteer", "facilitator", "member"] as const) {
      const who = browser(app, (await makeSignedIn(house, [role])).cookie);
      for (const one of ["/safety", path]) expect((await who.get(one)).status, `${role} ${one}`).toBe(404);
      expect((await who.post(`${path}/decide`, { decision: "approve" })).status, role).toBe(404);
    }
    const lucia = browser(app, (await aModerator(house, "Lucía", ["coordinator"])).cookie);
    expect([(await lucia.get("/safety")).status, (await lucia.get(path)).status, (await lucia.post(`${path}/decide`, { decision: "approve" })).status, (await lucia.post(`${path}/claim`)).status]).toEqual([200, 404, 404, 404]);
    expect((await browser(app, (await aModerator(house, "Judith", ["volunteer", "supervisor"])).cookie).get(path)).status).toBe(200);
    expect((await browser(app).get("/safety")).to).toBe("/sign-in");
  });

  test("has no case by a wrong number, and none of her own", async () => {
    for (const wrong of [randomUUID(), "nothing", "%00"]) expect((await ofWren.get(`/safety/cases/${wrong}`)).status).toBe(404);
    const { path } = await waits({ authorId: wren.id });
    expect((await ofWren.get(path)).status).toBe(404);
    expect((await ofWren.post(`${path}/decide`, { decision: "approve" })).status).toBe(404);
    expect((await ofPilar.get(path)).status).toBe(200);
  });
});

describe("a case", () => {
  test("shows the post in its thread, escaped, and says when it is gone", async () => {
    const { path, subjectId } = await waits();
    const { text } = await ofWren.get(path);
    for (const words of ["Is anybody awake?", "I cannot do this &lt;again>.", "Lamp 12", "After birth", "Loss", "waits to be read"]) expect(text).toContain(words);
    expect(text).toContain('lang="es"');
    here.delete(subjectId);
    expect((await ofWren.get(path)).text).toContain("What this was about is not here any more.");
  });

  test("is decided by a form: what is missing is asked for with all that was typed, and then its author is told", async () => {
    const { path } = await waits();
    const nothing = await ofWren.post(`${path}/decide`, { note: "Kind words" });
    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain("Kind words");
    const noRule = await ofWren.post(`${path}/decide`, { decision: "remove", rule: "", note: "Kind words" });
    expect(noRule.status).toBe(409);
    expect(noRule.text).toContain("Name the rule, please.");
    expect(noRule.text).toContain("Kind words");
    const made = await ofWren.post(`${path}/decide`, { decision: "remove", rule: "kind", phrase: "kinder", postLanguage: "es", note: "Gracias." });
    expect(made.to).toBe(`${path}?decided`);
    const { text } = await ofWren.get(`${path}?decided`);
    expect(text).toContain("Decided. Its author is told.");
    expect(text).toContain("Por favor, dilo de una manera que la otra persona pueda escuchar.");
    expect(text).not.toContain('name="decision"');
  });

  test("that another has shows no act but to read, and says who has it", async () => {
    const { path } = await waits();
    await ofWren.post(`${path}/claim`);
    const { text } = await ofPilar.get(path);
    expect(text).toContain("Lo tiene Wren");
    expect(text).not.toContain('name="decision"');
    expect((await ofPilar.post(`${path}/decide`, { decision: "approve" })).status).toBe(409);
    expect((await ofWren.get(path)).text).toContain("Also looking now: Pilar");
    expect((await ofWren.post(`${path}/release`)).to).toBe("/safety");
    expect((await ofPilar.get(path)).text).toContain('name="decision"');
  });

  test("waits for a colleague's opinion, who finds the question and gives hers", async () => {
    const { path } = await waits();
    expect((await ofWren.post(`${path}/ask`, { question: "" })).status).toBe(422);
    expect((await ofWren.post(`${path}/ask`, { question: "Is this a method?" })).to).toBe(`${path}?asked`);
    expect((await ofWren.get(path)).text).toContain("Take the question back");
    const hers = await ofPilar.get(path);
    expect(hers.text).toContain("Is this a method?");
    expect((await ofPilar.get("/safety")).text).toContain("Espera a alguien del equipo");
    expect((await ofPilar.post(`${path}/opinion`, { would: "approve", opinion: "No lo es." })).to).toBe(`${path}?given`);
    expect((await ofWren.get(path)).text).toContain("No lo es.");
  });

  test("is followed by a strike, once", async () => {
    const { path, id } = await waits();
    await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind" });
    expect((await ofWren.post(`${path}/strike`, { kind: "pause", strikeRule: "kind", days: "" })).text).toContain("Say for how many days, from 1 to 30.");
    for (const days of ["0", "31", "999", "soon", "-1"]) expect((await ofWren.post(`${path}/strike`, { kind: "pause", strikeRule: "kind", days })).status, days).toBe(422);
    expect((await ofWren.post(`${path}/strike`, { kind: "pause", strikeRule: "kind", days: "3", strikeNote: "Rest a little." })).to).toBe(`${path}?told`);
    const { text } = await ofWren.get(path);
    expect(text).toContain("They read, and do not write");
    expect(text).not.toContain('name="kind"');
  });
});

describe("its author", () => {
  test("reads what was decided, by which role, and asks once for another look, which somebody else answers", async () => {
    const { id, path } = await waits();
    const decision = (await decideCase(house, wren.scope, id, { decision: "remove", rule: "no_contact", note: "There was a number in it." })) as DecisionId;
    const told = `/safety/decisions/${decision}`;
    const before = await ofRosa.get(told);
    for (const words of ["Your post was removed.", "No phone numbers", "There was a number in it.", "Decided by a moderator"]) expect(before.text).toContain(words);
    expect(before.text).not.toContain("Wren");
    expect((await ofRosa.post(`${told}/appeal`, { appeal: " " })).status).toBe(422);
    expect((await ofRosa.post(`${told}/appeal`, { appeal: "It was my own old number." })).to).toBe(told);
    expect((await ofRosa.get(told)).text).toContain("You asked for another look.");
    expect((await ofRosa.post(`${told}/appeal`, { appeal: "Again" })).status).toBe(409);

    expect((await ofWren.get(path)).text).toContain("You made this decision, so somebody else answers.");
    expect((await ofWren.post(`${path}/appeal`, { outcome: "stands", answer: "No" })).status).toBe(409);
    expect((await ofPilar.get(path)).text).toContain("It was my own old number.");
    expect((await ofPilar.post(`${path}/appeal`, { outcome: "gave_way", answer: "It is back, without the number." })).to).toBe(`${path}?answered`);
    const after = (await ofRosa.get(told)).text;
    expect(after).toContain("Somebody else looked again, and changed it.");
    expect(after).toContain("It is back, without the number.");
    expect(after).not.toContain("Pilar");
  });

  test("alone finds it", async () => {
    const { id } = await waits();
    const decision = (await decideCase(house, wren.scope, id, { decision: "remove", rule: "kind" })) as DecisionId;
    const daniel = browser(app, (await makeSignedIn(house, ["member"])).cookie);
    for (const who of [daniel, ofWren]) {
      expect((await who.get(`/safety/decisions/${decision}`)).status).toBe(404);
      expect((await who.post(`/safety/decisions/${decision}/appeal`, { appeal: "Mine" })).status).toBe(404);
    }
    expect((await browser(app).get(`/safety/decisions/${decision}`)).to).toBe("/sign-in");
  });
});
