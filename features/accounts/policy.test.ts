import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { matrix } from "./policy.ts";
import { roomOf } from "./factory.ts";

const house = await openTestHouse();

test("who may do what with accounts", () => {
  expect(`\n${matrix()}\n`).toMatchInlineSnapshot(`
    "
                                   | visitor | parent | member | volunteer | facilitator | moderator | supervisor | coordinator
    sign in                        | yes     | yes    | yes    | yes       | yes         | yes       | yes        | yes
    accept an invitation           | yes     | yes    | yes    | yes       | yes         | yes       | yes        | yes         | if the link is open: 7 days, once, not withdrawn
    see and change her own account | -       | -      | yes    | yes       | yes         | yes       | yes        | yes         | if who works here: after the second step
    set up a second step           | -       | -      | yes    | yes       | yes         | yes       | yes        | yes         | if she has none, or has just taken it
    take the second step           | -       | -      | yes    | yes       | yes         | yes       | yes        | yes         | if she has one, and has not taken it in this session
    sign out                       | -       | -      | yes    | yes       | yes         | yes       | yes        | yes
    have her own devices pushed    | -       | -      | yes    | yes       | yes         | yes       | yes        | yes
    see people and their roles     | -       | -      | -      | -         | -           | -         | -          | yes
    invite and withdraw            | -       | -      | -      | -         | -           | -         | -          | yes
    give and end a role            | -       | -      | -      | -         | -           | -         | -          | yes         | if a coordinator remains
    help somebody back in          | -       | -      | -      | -         | -           | -         | -          | yes         | if not herself
    sign somebody out everywhere   | -       | -      | -      | -         | -           | -         | -          | yes         | if not herself, and she has shown within ten minutes that it is she
    sign a member out, by her name | -       | -      | -      | -         | -           | -         | -          | yes         | if as above; nothing of her is shown
    "
  `);
});

test("nobody but a coordinator is admitted under /people, and no visitor under /account", () => {
  for (const { path, admits } of roomOf(house).routes) {
    if (path.startsWith("/people")) expect(admits, path).toEqual(["coordinator"]);
    if (path.startsWith("/account") || path.includes("second-step") || path === "/sign-out") expect(admits, path).not.toContain("visitor");
  }
});
