import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { expect, test } from "vitest";
import { roles } from "../../platform/http/scope.ts";
import { kindsFor, may, policy, type SafetyAct } from "./policy.ts";

/** Read by a person: who may do it at all, who where a step asked her ("asked"), who where she said "I have it" ("has"); of "another" and "own" the rules of the desk decide. */
const table = `
                  | visitor | parent | member | volunteer | facilitator | moderator | supervisor | coordinator
seeDesk           | -       | -      | -      | -         | -           | any       | any        | any
claimCase         | -       | -      | -      | -         | -           | any       | any        | any
sitWith           | -       | -      | -      | -         | -           | another   | another    | another
decide            | -       | -      | -      | -         | -           | any       | any        | -
askForOpinion     | -       | -      | -      | -         | -           | any       | any        | -
giveOpinion       | -       | -      | -      | -         | -           | another   | another    | -
giveStrike        | -       | -      | -      | -         | -           | any       | any        | -
appeal            | -       | -      | own    | -         | -           | -         | -          | -
look              | -       | -      | -      | -         | -           | any       | any        | -
answerLook        | -       | -      | -      | -         | -           | another   | another    | -
seeLooksAtHers    | -       | -      | own    | -         | -           | -         | -          | -
lookAfterHerself  | -       | -      | -      | -         | -           | own       | own        | own
handOverDesk      | -       | -      | -      | -         | -           | any       | any        | any
answerWish        | -       | -      | -      | -         | -           | -         | another    | -
decideAppeal      | -       | -      | -      | -         | -           | another   | another    | -
beOnCall          | -       | -      | -      | any       | any         | any       | any        | any
seeRoster         | -       | -      | -      | -         | -           | any       | any        | any
giveShift         | -       | -      | -      | -         | -           | -         | any        | any
writeFallback     | -       | -      | -      | -         | -           | -         | -          | any
seePage           | -       | -      | -      | asked     | asked       | any       | any        | any
closePage         | -       | -      | -      | has       | has         | has       | any        | any
askForDisclosure  | -       | -      | -      | has       | has         | has       | any        | any
agreeToDisclosure | -       | -      | -      | -         | -           | any       | any        | any
`;

test("every cell of who may do what at the safety desk is the one that was agreed", () => {
  const [head = "", ...rows] = table.trimEnd().split("\n").slice(1);
  const cellsOf = (row: string) => row.split("|").map((cell) => cell.trim());
  expect(cellsOf(head).slice(1)).toEqual([...roles]);
  expect(rows.map((row) => cellsOf(row)[0])).toEqual(Object.keys(policy));
  for (const row of rows) {
    const [act, ...cells] = cellsOf(row);
    for (const [index, cell] of cells.entries())
      for (const asked of [false, true])
        for (const has of [false, true])
          expect(may(act as SafetyAct, [roles[index] ?? "visitor"], { asked, has }), `${act} ${roles[index]} ${cell} ${asked} ${has}`).toBe(cell === "any" || (cell === "asked" && asked) || (cell === "has" && has));
  }
});

test("each kind of case is on the desk of those who act on it in its own room, and on no other", () => {
  expect(Object.fromEntries(roles.map((role) => [role, kindsFor([role])]))).toEqual({
    visitor: [],
    parent: [],
    member: [],
    volunteer: [],
    facilitator: [],
    moderator: ["post"],
    supervisor: ["post", "concern"],
    coordinator: ["group", "concern", "listing"],
  });
});

test("the ladder has no way to anybody but a member of the staff: no port, no address, no number stands in its code", async () => {
  let files = 0;
  for await (const file of glob("features/safety/on-call/**/*.{ts,tsx}")) {
    if (/\.test\.|factory/.test(file)) continue;
    files += 1;
    const code = readFileSync(file, "utf8");
    expect(code, file).not.toMatch(/house\.delivery|delivery\/(email|sms|push|delivery)|\bfetch\(|node:(http|net)|tel:|mailto:/);
    if (code.includes("platform/delivery/")) expect(code, file).toContain('import type { Call, Reach } from "../../../platform/delivery/notify.ts"');
  }
  expect(files).toBeGreaterThan(15);
});
