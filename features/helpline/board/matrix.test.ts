import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { staffRoles } from "../../../platform/http/scope.ts";
import { browser } from "../../accounts/factory.ts";
import { makeNetwork } from "../../network/factory.ts";
import { aParent } from "../factory.ts";
import { helplineApp, signedInAs } from "./factory.ts";

const house = await openTestHouse();
await makeNetwork(house);
const app = helplineApp(house);
const parent = await aParent(house);

const inIt = ["volunteer", "supervisor"];
const keepers = ["volunteer", "supervisor", "coordinator"];
const board = ["supervisor", "coordinator"];
/** Who may come near, row by row; whether she also holds the conversation or the promise, the gates and commands ask. */
const matrix: Readonly<Record<string, readonly string[]>> = {
  "GET /desk/conversations/:id/concern": inIt,
  "POST /desk/conversations/:id/concern": inIt,
  "POST /desk/conversations/:id/concern/raise": inIt,
  "POST /desk/conversations/:id/concern/close": inIt,
  "POST /desk/concerns/:concernId/acknowledge": board,
  "GET /desk/call-backs": keepers,
  "GET /desk/call-backs/:callBackId": keepers,
  "POST /desk/call-backs/:callBackId/take": keepers,
  "POST /desk/call-backs/:callBackId/reveal": keepers,
  "POST /desk/call-backs/:callBackId/try": keepers,
  "POST /desk/call-backs/:callBackId/close": keepers,
  "GET /desk/conversations/:id/close": inIt,
  "POST /desk/conversations/:id/close": inIt,
  "GET /desk/debrief/:id": inIt,
  "POST /desk/debrief/:id": inIt,
  "GET /desk/thank-you": inIt,
  "GET /desk/conversations/:id/block": inIt,
  "POST /desk/conversations/:id/block": inIt,
  "POST /board/blocks/:blockId/lift": board,
  "GET /board": board,
  "GET /board/stream": board,
  "GET /board/debriefs/:debriefId": ["supervisor"],
  "POST /board/debriefs/:debriefId/answer": ["supervisor"],
  "GET /board/audit": ["coordinator"],
  "POST /board/audit": ["coordinator"],
  "GET /phrases": ["coordinator"],
  "POST /phrases": ["coordinator"],
  "GET /phrases/:phraseId": ["coordinator"],
  "POST /phrases/:phraseId": ["coordinator"],
  "POST /phrases/:phraseId/remove": ["coordinator"],
};
const ours = /^(GET|POST) \/(board|phrases|desk\/(concerns|call-backs|debrief|thank-you)|desk\/conversations\/:id\/(concern|close|block))/;

test("every route of the concerns, promises, closures, blocks and the board is in this table, with exactly these roles", () => {
  const mounted = app.routes.map(({ method, path, admits }) => [`${method} ${path}`, [...admits]] as const).filter(([route]) => ours.test(route));
  expect(Object.fromEntries(mounted)).toEqual(matrix);
});

test("for anybody else none of them is there", async () => {
  const nobody = browser(app);
  const staff = await Promise.all(staffRoles.map(async (role) => ({ role, ...(await signedInAs(house, app, role, [role])) })));
  for (const [route, admitted] of Object.entries(matrix)) {
    const [method = "", pattern = ""] = route.split(" ");
    const path = pattern.replaceAll(/:\w+/g, parent.conversationId);
    for (const { role, page } of staff.filter((one) => !admitted.includes(one.role))) {
      const { status } = method === "GET" ? await page.get(path) : await page.post(path, { outcome: "reached" });
      expect([route, role, status]).toEqual([route, role, 404]);
    }
    const answer = method === "GET" ? await nobody.get(path) : await nobody.post(path);
    expect([route, answer.status, answer.to]).toEqual([route, ...(method === "GET" ? [303, "/sign-in"] : [404, null])]);
  }
});
