import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import type { Stream } from "../../../platform/live/hub.ts";
import { topics } from "../events.ts";
import { claimCase, decideCase, openCaseOf, releaseCase } from "./commands.ts";
import { aCase, aModerator } from "./factory.ts";
import { deskLens, deskRefresh } from "./live.tsx";
import { askForOpinion } from "./opinions/commands.ts";
import { settleCaseOf } from "./settlements/commands.ts";

const house = await openTestHouse();
const [wren, pilar, lucia] = [await aModerator(house, "Wren"), await aModerator(house, "Pilar"), await aModerator(house, "Lucía", ["coordinator"])];

/** A desk that is open: all that it was sent, and the last of it. */
function open(who: typeof wren, language: "en" | "es" = "en") {
  const sent: string[] = [];
  const stream: Stream = { lens: deskLens(who.scope, language), seen: 0, send: (frames) => void sent.push(frames) };
  return { stream, last: () => sent.at(-1) ?? "" };
}

describe("an open desk", () => {
  test("is sent what waits, each her own kinds, in her language, with who has it", async () => {
    const [post, listing] = [await aCase(house), await aCase(house, { subjectKind: "listing" })];
    const [ofWren, ofPilar, ofLucia] = [open(wren), open(pilar, "es"), open(lucia)];
    const look = () => deskRefresh(house, { subjects: {} })(topics.desk, new Set([ofWren.stream, ofPilar.stream, ofLucia.stream]));
    await look();
    for (const { last } of [ofWren, ofPilar]) expect([last().includes(post), last().includes(listing)]).toEqual([true, false]);
    expect([ofLucia.last().includes(post), ofLucia.last().includes(listing)]).toEqual([false, true]);
    expect(ofWren.last()).toContain('target="desk-now"');
    await claimCase(house, wren.scope, post);
    await look();
    expect(ofWren.last()).toContain("You have it");
    expect(ofPilar.last()).toContain("Lo tiene Wren");
  });

  test("is woken by whatever changes what waits", async () => {
    const woken = async (act: () => Promise<unknown>) => {
      house.told.length = 0;
      await act();
      return house.told.includes(topics.desk);
    };
    const subjectId = randomUUID();
    const opening = { subjectKind: "post", subjectId, reason: "held", priority: 2, why: [] } as const;
    expect(await woken(() => openCaseOf(house, opening))).toBe(true);
    const id = await aCase(house, opening);
    expect(await woken(() => claimCase(house, wren.scope, id))).toBe(true);
    expect(await woken(() => releaseCase(house, wren.scope, id))).toBe(true);
    expect(await woken(() => askForOpinion(house, wren.scope, id, "Is it kind?"))).toBe(true);
    expect(await woken(() => decideCase(house, wren.scope, id, { decision: "hold" }))).toBe(true);
    expect(await woken(() => settleCaseOf(house, { subjectKind: "group", subjectId: randomUUID(), how: "read", at: house.now() }))).toBe(true);
  });
});
