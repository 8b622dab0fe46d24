import { expect, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { noEmail } from "../../platform/delivery/email.ts";
import { sessionKeeper } from "./commands.ts";
import { accountsApp, browser, makeSignedIn, runJobs } from "./factory.ts";

const house = await openTestHouse();
const without = { ...house, delivery: { ...house.delivery, email: noEmail } };

test("where no letter leaves, nobody is offered one to sign in, and who asks for one all the same finds no such page", async () => {
  const offer = 'action="/sign-in/email"';
  expect((await browser(accountsApp(house)).get("/sign-in")).text).toContain(offer);
  const page = (await browser(accountsApp(without)).get("/sign-in")).text;
  expect(page).not.toContain(offer);
  expect(page).toContain("/sign-in/recovery");
  expect((await browser(accountsApp(without)).post("/sign-in/email", { email: "noor@example.org" })).status).toBe(404);
});

test("where no letter leaves, an invitation asks for no address and promises no letter", async () => {
  const { cookie } = await makeSignedIn(house, ["coordinator"]);
  const pages = async (at: typeof without) => {
    const one = browser(accountsApp(at), cookie);
    const asks = (await one.get("/people/invite")).text.includes('name="email"');
    await one.post("/people/invitations", { forName: "Dolores", roles: "volunteer", email: "dolores@example.org" });
    return { asks, promises: (await one.get("/people/invited")).text.includes("on its way there too") };
  };
  expect(await pages(house)).toEqual({ asks: true, promises: true });
  await runJobs(house);
  expect(house.letters).toHaveLength(1);
  expect(await pages(without)).toEqual({ asks: false, promises: false });
  await runJobs(house);
  expect(house.letters).toHaveLength(1);
});

test("a look at a session is no visit: a tab that only listens keeps nobody signed in", async () => {
  const { token } = await makeSignedIn(house);
  const keeper = sessionKeeper(house.db, house.now);
  house.passTime({ hours: 11 });
  expect(await keeper(token, "look")).toBeDefined();
  house.passTime({ hours: 2 });
  expect(await keeper(token, "look")).toBeUndefined();
  const { token: visited } = await makeSignedIn(house);
  house.passTime({ hours: 11 });
  expect(await keeper(visited)).toBeDefined();
  house.passTime({ hours: 2 });
  expect(await keeper(visited, "look")).toBeDefined();
});
