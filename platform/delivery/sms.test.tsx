import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { buildApp } from "../http/app.tsx";
import { anyone, Room } from "../http/room.ts";
import { textProvider } from "../http/text-provider.ts";
import { noSms, rankOf, signatureOf, smsBox, textStatuses, twilioSms } from "./sms.ts";
import { addressPrint, hasStopped, stopWriting, writeAgain } from "./stops.ts";
import { isFirstTime, noteText } from "./text-log.ts";

const house = await openTestHouse();
const account = "AC0123456789abcdef0123456789abcdef";

test("the signature is the one of the provider's own example", () => {
  // Twilio, "Security: validating requests", worked example.
  const fields = { CallSid: "CA1234567890ABCDE", Caller: "+14158675309", Digits: "1234", From: "+14158675309", To: "+18005551212" };
  expect(signatureOf("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", fields)).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
});

describe("a text", () => {
  /** A provider that answers each text so, and keeps what it was asked. */
  async function aProvider(status: number, answer: unknown, location?: string) {
    const asked: { path: string; authorization: string | undefined; form: URLSearchParams }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (piece: string) => (body += piece));
      request.on("end", () => {
        asked.push({ path: request.url ?? "", authorization: request.headers.authorization, form: new URLSearchParams(body) });
        response.writeHead(status, { "content-type": "application/json", ...(location ? { location } : {}) }).end(JSON.stringify(answer));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { asked, at: `http://127.0.0.1:${port}/`, sms: twilioSms(`http://${account}:to%2Fken@127.0.0.1:${port}`, "+13105550100", "https://hours.example") };
  }
  const text = { to: "+12135550123", body: "¿Todo sigue igual? 1 sí" };

  test("leaves whole, from our number, and its reports come back to us", async () => {
    const { asked, sms } = await aProvider(201, { sid: "SM1", status: "queued" });
    expect(await sms.send(text)).toEqual({ id: "SM1" });
    expect(asked[0]?.path).toBe(`/2010-04-01/Accounts/${account}/Messages.json`);
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from(`${account}:to/ken`).toString("base64")}`);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({ To: text.to, Body: text.body, From: "+13105550100", StatusCallback: "https://hours.example/texts/status" });
  });

  test.each([
    [21610, "stopped"],
    [21614, "unreachable"],
  ])("that the provider refuses with %i is not tried again: %s", async (code, refused) => {
    const { sms } = await aProvider(400, { code, message: `${text.to} …` });
    expect(await sms.send(text)).toEqual({ refused });
  });

  test("goes to no other address than the provider's: an answer that leads elsewhere is an error", async () => {
    const elsewhere = await aProvider(201, { sid: "SM1", status: "queued" });
    const { sms } = await aProvider(307, {}, elsewhere.at);
    await expect(sms.send(text)).rejects.toThrow("307");
    expect(elsewhere.asked).toEqual([]);
  });

  test("that fails for another reason is an error for the job to try again, without number or words", async () => {
    const { sms } = await aProvider(503, { code: 20503, message: `busy: ${text.to} ${text.body}` });
    await expect(sms.send(text)).rejects.toThrow(/^The text provider answered 503\.$/);
  });
});

describe("what a provider posts", () => {
  const sms = twilioSms(`https://${account}:secret@api.example`, "+13105550100", "https://hours.example");
  const fields = { MessageSid: "SM9", From: "+12135550123", To: "+13105550100", Body: "HELP 78701" };
  const signature = signatureOf("secret", "https://hours.example/texts/incoming", fields);

  test("is genuine with its signature, for this address, these fields and this account alone", () => {
    const posted = { path: "/texts/incoming", signature, fields };
    expect(sms.isGenuine(posted)).toBe(true);
    expect(sms.isGenuine({ ...posted, path: "/texts/status" })).toBe(false);
    expect(sms.isGenuine({ ...posted, fields: { ...fields, Body: "STOP" } })).toBe(false);
    expect(sms.isGenuine({ ...posted, fields: { ...fields, More: "" } })).toBe(false);
    expect(sms.isGenuine({ ...posted, signature: undefined })).toBe(false);
    expect(sms.isGenuine({ ...posted, signature: "" })).toBe(false);
    expect(twilioSms(`https://${account}:other@api.example`, "+13105550100", "https://hours.example").isGenuine(posted)).toBe(false);
  });

  test("is never believed where no provider is set up", () => {
    expect(noSms.isGenuine({ path: "/texts/incoming", fields, signature: signatureOf("", "/texts/incoming", fields) })).toBe(false);
  });

  test("reads as a text, and says when the provider has answered the word itself", () => {
    const posted = { path: "", signature: "", fields };
    expect(sms.readText(posted)).toEqual({ id: "SM9", from: "+12135550123", body: "HELP 78701", answered: false });
    expect(sms.readText({ ...posted, fields: { ...fields, OptOutType: "STOP" } })?.answered).toBe(true);
    expect(sms.readText({ ...posted, fields: { MessageSid: "SM9", MessageStatus: "sent" } })).toBeUndefined();
    expect(sms.readReport({ ...posted, fields: { MessageSid: "SM9", MessageStatus: "accepted" } })).toEqual({ id: "SM9", status: "queued" });
    expect(sms.readReport({ ...posted, fields: { MessageSid: "SM9", MessageStatus: "invented" } })).toBeUndefined();
  });

  test("is answered with a text that can't end the answer early", () => {
    expect(sms.answer(undefined).body).toMatch(/<Response><\/Response>$/);
    expect(sms.answer("1 < 2 & </Message>\n\u0007").body).toMatch(/<Message>1 &lt; 2 &amp; &lt;\/Message&gt;\n<\/Message><\/Response>$/);
  });
});

describe("the door of a machine", () => {
  const room = new Room(house);
  const seen: string[] = [];
  room.postByMachine("/texts/try", textProvider, (c, posted) => {
    seen.push(posted.fields["Body"] ?? "");
    return c.text("ok");
  });
  room.post("/a-form", anyone, (c) => c.text("ok"));
  const empty = () => <p>no</p>;
  const app = buildApp(house, [room], { notHere: empty, ourFault: empty, tooLarge: empty });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) => app.request(path, { method: "POST", headers, body: new URLSearchParams(fields) });
  const elsewhere = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" };
  const { fields, signature } = house.sms.post("/texts/try", { MessageSid: "SM1", From: "+12135550123", Body: "hola" });

  test("opens to a signature, wherever the post comes from", async () => {
    expect((await post("/texts/try", fields, { ...elsewhere, "x-twilio-signature": signature })).status).toBe(200);
    expect(seen).toEqual(["hola"]);
  });

  test("is not there without it", async () => {
    expect((await post("/texts/try", fields, {})).status).toBe(404);
    expect((await post("/texts/try", { ...fields, Body: "1" }, { "x-twilio-signature": signature })).status).toBe(404);
    expect((await post("/texts/try", {}, { "x-twilio-signature": "x" })).status).toBe(404);
  });

  test("weakens no other: a form of another site is refused beside it, also with a signature", async () => {
    expect((await post("/a-form", fields, { ...elsewhere, "x-twilio-signature": signature })).status).toBe(403);
    expect((await post("/texts/try/", fields, elsewhere)).status).toBe(403);
    expect((await post("/a-form", fields, {})).status).toBe(200);
  });

  test("is one path, and not a pattern", () => expect(() => new Room(house).postByMachine("/texts/:any", textProvider, (c) => c.text(""))).toThrow(/one path/));
});

test("a text that is posted five times is read once", async () => {
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => isFirstTime(house.db, "SM-five", house.now())));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test("reports five times over, in any order, leave the highest rank", async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(textStatuses.flatMap((status) => [status, status, status, status, status]), { minLength: 1 }), async (statuses) => {
      const id = `SM-rank-${(count += 1)}`;
      for (const status of statuses) await noteText(house.db, { id, status }, house.now());
      const { status } = await house.db.selectFrom("sent_texts").select("status").where("provider_id", "=", id).executeTakeFirstOrThrow();
      expect(status).toBe([...statuses].sort((a, b) => rankOf(b) - rankOf(a))[0]);
    }),
    { numRuns: 25 },
  );
});

test("who asked for no more is left alone, however the address is written, until she asks again", async () => {
  const print = addressPrint(house.keys, "Ana@Lantern.example ");
  expect(await hasStopped(house.db, print)).toBe(false);
  await stopWriting(house.db, print, house.now());
  await stopWriting(house.db, print, house.now());
  expect(await hasStopped(house.db, addressPrint(house.keys, "ana@lantern.example"))).toBe(true);
  await writeAgain(house.db, print);
  expect(await hasStopped(house.db, print)).toBe(false);
});

test("in development a text stays here, the last hundred", async () => {
  const box = smsBox();
  for (let at = 0; at < 105; at++) await box.send({ to: "+12135550123", body: String(at) });
  expect([box.texts.length, box.texts[0]?.body]).toEqual([100, "104"]);
});
