import { expect, test } from "vitest";
import { openTestHouse } from "./cast/test-house.ts";
import { makeMember } from "./features/accounts/factory.ts";
import { keepPhone } from "./features/accounts/texts/commands.ts";
import { noEmail } from "./platform/delivery/email.ts";
import { noSms } from "./platform/delivery/sms.ts";
import type { House } from "./platform/http/house.ts";
import { reachBy } from "./worker.ts";

const house = await openTestHouse();
const call = { en: { title: "Somebody needs you", body: "Open the page." }, es: { title: "Alguien te necesita", body: "Abre la página." }, path: "/safety/pages" };
const failing = () => Promise.reject(new Error("it is down"));
const withDevice = async (email?: string) => {
  const id = await makeMember(house, ["volunteer"], { language: "es", ...(email ? { email } : {}) });
  await house.db.insertInto("push_subscriptions").values({ endpoint: `https://push.example/${id}`, member_id: id, p256dh: "p", auth: "a", made_at: house.now() }).execute();
  return id;
};
const without = (delivery: Partial<House["delivery"]>): House => ({ ...house, delivery: { ...house.delivery, ...delivery } });

test("a call goes to each way of hers, in her language", async () => {
  const id = await withDevice("ana@lantern.example");
  expect(await reachBy(house)(id, call)).toBe("sent");
  expect(house.pushes).toMatchObject([{ title: "Alguien te necesita", path: "/safety/pages" }]);
  expect(house.letters).toMatchObject([{ to: "ana@lantern.example", subject: "Alguien te necesita" }]);
});

test("one way that fails holds the other not up, and with none left the call did not go out", async () => {
  const id = await withDevice("marco@lantern.example");
  const [email, push] = [{ canSend: true, send: failing }, { publicKey: "", send: failing }];
  expect(await reachBy(without({ email }))(id, call)).toBe("sent");
  expect(await reachBy(without({ push }))(id, call)).toBe("sent");
  expect(await reachBy(without({ email, push }))(id, call)).toBe("failed");
});

test("who has set up no device and no address cannot be called, nor by letters where none leave", async () => {
  expect(await reachBy(house)(await makeMember(house), call)).toBe("no_way");
  expect(await reachBy(without({ email: noEmail }))(await makeMember(house, ["volunteer"], { email: "lena@lantern.example" }), call)).toBe("no_way");
});

test("a call that cannot wait goes by text, too, to who gave her number, in words that say nothing; others do not", async () => {
  const id = await makeMember(house, ["moderator"], { language: "es" });
  await keepPhone(house, { memberId: id }, "+12135550142");
  expect(await reachBy(house)(id, call)).toBe("no_way");
  expect(await reachBy(house)(id, { ...call, byText: true })).toBe("sent");
  expect(house.sms.texts).toEqual([{ to: "+12135550142", body: expect.stringMatching(/^Alguien te necesita http:\/\/\S+\/safety\/pages$/) as string }]);
  expect(await reachBy(without({ sms: noSms }))(id, { ...call, byText: true })).toBe("no_way");
  expect(await reachBy(without({ sms: { ...house.sms, send: failing } }))(id, { ...call, byText: true })).toBe("failed");
});

test("a number that asked for no more is not texted, nor one of who left", async () => {
  const [id, gone] = [await makeMember(house), await makeMember(house)];
  for (const one of [id, gone]) await keepPhone(house, { memberId: one }, "+12135550143");
  await house.db.updateTable("members").set({ left_at: house.now() }).where("id", "=", gone).execute();
  const stopping = without({ sms: { ...house.sms, send: () => Promise.resolve({ refused: "stopped" }) } });
  expect(await reachBy(stopping)(id, { ...call, byText: true })).toBe("failed");
  expect(await reachBy(house)(id, { ...call, byText: true })).toBe("no_way");
  expect(await reachBy(house)(gone, { ...call, byText: true })).toBe("no_way");
});
