import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { parentScope } from "../../../platform/http/scope.ts";
import { aTakenParent } from "../board/factory.ts";
import { sendMessage } from "../commands.ts";
import { deskFrames } from "../desk/live.tsx";
import { onDuty } from "../factory.ts";
import { parentFrames } from "../parent/live.tsx";
import { standingOf } from "../queries.ts";

const house = await openTestHouse();
const ana = await onDuty(house, "Ana");
const zone = "America/Los_Angeles";

async function bothSides(after: number) {
  const { id, desk } = await aTakenParent(house, ana);
  await sendMessage(house, desk, "I am here.\rid: 99", randomUUID());
  const standing = await standingOf(house.db, parentScope(id));
  if (!standing) throw new Error("no conversation");
  const lens = { language: "en", zone } as const;
  return {
    standing,
    parent: await parentFrames(house, standing, { side: "parent", ...lens }, after),
    desk: await deskFrames(house, standing, desk, { side: "desk", ...lens, memberId: ana.member.memberId, roles: ["volunteer"] }, after),
  };
}

test("both sides are sent each entry under its number, in order, and then how things stand", async () => {
  const { standing, parent, desk } = await bothSides(0);
  for (const side of [parent, desk]) {
    const ids = side.entries.map(([, text]) => Number(/^id: (\d+)\n/.exec(text)?.[1]));
    expect(ids).toEqual(side.entries.map(([seq]) => seq));
    expect(ids.at(-1)).toBe(standing.lastSeq);
    expect(side.entries.at(-1)?.[1]).toContain("I am here.");
    expect(side.entries.at(-1)?.[1].match(/^id:/gm)).toHaveLength(1);
    expect(side.standing).toContain('action="replace" target="standing"');
    expect(side.standing).not.toMatch(/^id:/m);
    expect(side.last).toBe(standing.lastSeq);
  }
  expect(parent.standing).toContain('target="delivered"');
});

test("a page that has seen all is sent how things stand, and no entry again", async () => {
  const { parent, desk } = await bothSides(99);
  for (const side of [parent, desk]) expect(side.entries).toEqual([]);
});
