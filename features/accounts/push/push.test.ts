import fc from "fast-check";
import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { isPushService } from "../../../platform/delivery/subscription.ts";
import { pushTo } from "../commands.ts";
import { accountsApp, browser, makeSignedIn } from "../factory.ts";

const house = await openTestHouse();
const app = accountsApp(house);
const subscription = (name: string) => ({ endpoint: `https://fcm.googleapis.com/fcm/send/${name}`, keys: { p256dh: "BPx_x", auth: "aGk" }, expirationTime: null });
const push = { title: "Small Hours", body: "Someone is waiting.", path: "/desk" };

test("a volunteer's device is pushed, until she switches it off", async () => {
  const hers = await makeSignedIn(house);
  const one = browser(app, hers.cookie);
  expect((await one.json("/account/push", subscription("a"))).text).toBe('{"kept":true}');
  expect(await pushTo(house, [hers.id], push)).toEqual({ sent: 1, gone: 0, failed: 0 });
  expect(house.pushes).toEqual([push]);
  await one.json("/account/push/remove", { endpoint: subscription("a").endpoint });
  expect(await pushTo(house, [hers.id], push)).toEqual({ sent: 0, gone: 0, failed: 0 });
  expect(await pushTo(house, [], push)).toEqual({ sent: 0, gone: 0, failed: 0 });
});

test("a subscription that its browser gave up is forgotten, and one that fails holds no other up", async () => {
  const hers = await makeSignedIn(house);
  for (const name of ["fine", "gone", "broken"]) await browser(app, hers.cookie).json("/account/push", subscription(name));
  const send = ({ endpoint }: { endpoint: string }) => (endpoint.endsWith("broken") ? Promise.reject(new Error("no")) : Promise.resolve(endpoint.endsWith("gone") ? ("gone" as const) : ("sent" as const)));
  const tried = { ...house, delivery: { ...house.delivery, push: { publicKey: "", send } } };
  expect(await pushTo(tried, [hers.id], push)).toEqual({ sent: 1, gone: 1, failed: 1 });
  expect(await pushTo(tried, [hers.id], push)).toEqual({ sent: 1, gone: 0, failed: 1 });
});

test("one device is pushed for one member: who signs in there last", async () => {
  const [first, second] = [await makeSignedIn(house), await makeSignedIn(house)];
  for (const { cookie } of [first, second]) await browser(app, cookie).json("/account/push", subscription("shared"));
  expect(await pushTo(house, [first.id], push)).toMatchObject({ sent: 0 });
  await browser(app, first.cookie).json("/account/push/remove", { endpoint: subscription("shared").endpoint });
  expect(await pushTo(house, [second.id], push)).toMatchObject({ sent: 1 });
});

test("our server posts to browser makers' push services and nowhere else", async () => {
  const one = browser(app, (await makeSignedIn(house)).cookie);
  for (const endpoint of ["https://localhost/x", "http://fcm.googleapis.com/x", "https://fcm.googleapis.com.evil.example/x", "https://evil@fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "file:///etc/passwd", ""]) {
    expect(isPushService(endpoint)).toBe(false);
    expect((await one.json("/account/push", { ...subscription("x"), endpoint })).status).toBe(422);
  }
  fc.assert(fc.property(fc.webUrl(), (url) => !isPushService(url)));
});
