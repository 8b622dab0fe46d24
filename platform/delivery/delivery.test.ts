import { createDecipheriv, createECDH, hkdfSync, randomBytes, webcrypto } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTcp, type AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import { pushTo } from "../../features/accounts/commands.ts";
import { makeSignedIn } from "../../features/accounts/factory.ts";
import { keysFrom } from "../crypto/seal.ts";
import { letterBox, smtpEmail } from "./email.ts";
import { pushKeysOf } from "./push-keys.ts";
import { makePushKeys, pushBox, webPush } from "./push.ts";
import { smsBox } from "./sms.ts";

const house = await openTestHouse();

describe("a letter by SMTP", () => {
  type Mail = { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly user: string };

  /** A real mail server that takes letters of one user, and refuses those to nobody. */
  async function aMailServer() {
    const mails: Mail[] = [];
    let user = "";
    const server = new SMTPServer({
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      onAuth: ({ username = "", password }, _session, done) => {
        user = username;
        if (password === "open sesame") done(null, { user });
        else done(new Error("no"));
      },
      onRcptTo: ({ address }, _session, done) => done(address.startsWith("nobody") ? new Error("no such person") : undefined),
      onData(stream, { envelope }, done) {
        let raw = "";
        stream.setEncoding("utf8");
        stream.on("data", (piece: string) => (raw += piece));
        stream.on("end", () => {
          mails.push({ from: envelope.mailFrom ? envelope.mailFrom.address : "", to: envelope.rcptTo.map(({ address }) => address), raw, user });
          done();
        });
      },
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
    const { port } = server.server.address();
    return { mails, at: (password: string) => smtpEmail(`smtp://hours:${encodeURIComponent(password)}@127.0.0.1:${port}`, "Small Hours <hello@hours.example>") };
  }

  test("arrives whole, from us, in letters of any language", async () => {
    const { mails, at } = await aMailServer();
    await (await at("open sesame")).send({ to: "ana@lantern.example", subject: "Alguien te espera: ¿puedes abrir?", text: "Abre el tablero.\nhttps://hours.example/board\n" });
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({ from: "hello@hours.example", to: ["ana@lantern.example"], user: "hours" });
    expect(mail?.raw).toMatch(/^From: Small Hours <hello@hours\.example>\r$/m);
    expect(mail?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(mail?.raw).toContain("https://hours.example/board");
    expect(mail?.raw, "nothing to load, nothing that tells that it was read").not.toMatch(/text\/html|<img/i);
  });

  test("can't be given other receivers or headers by what stands in it", async () => {
    const { mails, at } = await aMailServer();
    await (await at("open sesame")).send({ to: "ana@lantern.example", subject: "Hello\r\nBcc: all@elsewhere.example", text: ".\r\nRCPT TO:<all@elsewhere.example>\r\n." });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(["ana@lantern.example"]);
    expect(mails[0]?.raw).not.toMatch(/^Bcc:/im);
  });

  test("that nobody asked for can be ended from the mail program itself", async () => {
    const { mails, at } = await aMailServer();
    await (await at("open sesame")).send({ to: "ana@lantern.example", subject: "Is this right?", text: "…", stop: "https://hours.example/keep/t/stop" });
    expect(mails[0]?.raw).toMatch(/^List-Unsubscribe: <https:\/\/hours\.example\/keep\/t\/stop>\r$/m);
    expect(mails[0]?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  });

  test("that isn't taken is an error for the job to try again", async () => {
    const { mails, at } = await aMailServer();
    const letter = { to: "ana@lantern.example", subject: "Hello", text: "Hello" };
    await expect((await at("wrong")).send(letter)).rejects.toThrow();
    await expect((await at("open sesame")).send({ ...letter, to: "nobody@lantern.example" })).rejects.toThrow();
    const silent = createTcp((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    await expect((await smtpEmail(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, "a@b.example")).send(letter)).rejects.toThrow();
    expect(mails).toEqual([]);
  });
});

describe("letters that do not leave", () => {
  test("are shown where the program is developed", async () => {
    const boxes = { email: letterBox(), push: pushBox(), sms: smsBox() };
    await boxes.email.send({ to: "ana@lantern.example", subject: "Your link <b>", text: "Open it once." });
    await boxes.sms.send({ to: "+13105550100", body: "Is this still right?" });
    await boxes.push.send({ endpoint: "", p256dh: "", auth: "" }, { title: "Small Hours", body: "Someone is waiting.", path: "/desk" });
    const page = await createApp(house, { boxes }).request("/dev/letters");
    expect(page.status).toBe(200);
    const text = await page.text();
    for (const words of ["ana@lantern.example", "Your link &lt;b>", "Open it once.", "Someone is waiting.", "+13105550100", "Is this still right?"]) expect(text).toContain(words);
  });

  test("have no page where it is used", async () => {
    const page = await createApp(house).request("/dev/letters");
    expect(page.status).toBe(404);
  });

  test("are the last hundred", async () => {
    const box = letterBox();
    for (let at = 0; at < 130; at++) await box.send({ to: "a@b.example", subject: String(at), text: "" });
    expect(box.letters).toHaveLength(100);
    expect(box.letters[0]?.subject).toBe("129");
  });
});

describe("web push", () => {
  test("has keys that are made once, are the same for every process, and are sealed", async () => {
    const [one, other] = await Promise.all([pushKeysOf(house.db, house.keys), pushKeysOf(house.db, house.keys)]);
    expect(one).toEqual(other);
    expect(await pushKeysOf(house.db, house.keys)).toEqual(one);
    const { sealed, wrapped_key } = await house.db.selectFrom("installation_secrets").select(["sealed", "wrapped_key"]).where("name", "=", "web-push").executeTakeFirstOrThrow();
    expect(Buffer.concat([sealed, wrapped_key]).toString("latin1")).not.toContain(one.privateKey.d);
    await expect(pushKeysOf(house.db, keysFrom(randomBytes(32)))).rejects.toThrow();
  });

  // A push service speaks TLS alone, and no certificate of a test is worth keeping: only the wire is plain here.
  const overTheWire = fetch;
  beforeEach(() => void vi.stubGlobal("fetch", (address: string, what: RequestInit) => overTheWire(address.replace("https:", "http:"), what)));
  afterEach(() => void vi.unstubAllGlobals());

  type Pushed = { readonly headers: IncomingHttpHeaders; readonly body: Buffer };

  /** A push service of a browser maker, and a browser subscribed to it. */
  async function aPushService(status: number, elsewhere?: string) {
    const pushed: Pushed[] = [];
    const server = createServer((asked, answer) => {
      const pieces: Buffer[] = [];
      asked.on("data", (piece: Buffer) => pieces.push(piece));
      asked.on("end", () => {
        pushed.push({ headers: asked.headers, body: Buffer.concat(pieces) });
        answer.writeHead(status, elsewhere ? { location: elsewhere.replace("https:", "http:") } : {}).end();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const browser = createECDH("prime256v1");
    const auth = randomBytes(16);
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/send/${randomBytes(8).toString("hex")}`;
    return { pushed, browser, auth, subscription: { endpoint, p256dh: browser.generateKeys("base64url"), auth: auth.toString("base64url") } };
  }

  /** Opens a push as the browser does: RFC 8291 section 3.4 over the coding of RFC 8188 section 2. */
  function open(body: Buffer, { browser, auth }: Pick<Awaited<ReturnType<typeof aPushService>>, "browser" | "auth">): string {
    const [salt, theirKey, sealed] = [body.subarray(0, 16), body.subarray(21, 21 + body.readUInt8(20)), body.subarray(21 + body.readUInt8(20))];
    const derive = (from: Buffer, by: Buffer, info: Buffer | string, bytes: number) => Buffer.from(hkdfSync("sha256", from, by, info, bytes));
    const shared = derive(browser.computeSecret(theirKey), auth, Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), theirKey]), 32);
    const key = derive(shared, salt, "Content-Encoding: aes128gcm\0", 16);
    const nonce = derive(shared, salt, "Content-Encoding: nonce\0", 12);
    const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // The last record ends with a 2, and zeroes after it that hide how long the words were.
    const end = plain.lastIndexOf(2);
    expect(plain.subarray(end + 1).every((byte) => byte === 0)).toBe(true);
    return plain.subarray(0, end).toString("utf8");
  }

  test("is opened here as RFC 8291 says, by its own example (appendix A)", () => {
    const browser = createECDH("prime256v1");
    browser.setPrivateKey("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "base64url");
    const body =
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
    expect(open(Buffer.from(body, "base64url"), { browser, auth: Buffer.from("BTBZMqHH6r4Tts7J_aSIgg", "base64url") })).toBe("When I grow up, I want to be a watermelon");
  });

  const push = { title: "Small Hours", body: "Someone is waiting.", path: "/desk" };

  test("reaches the browser sealed, urgent, and signed with our key", async () => {
    const service = await aPushService(201);
    const keys = await makePushKeys();
    expect(await webPush(keys, "mailto:hello@hours.example").send(service.subscription, push)).toBe("sent");
    const [pushed] = service.pushed;
    if (!pushed) throw new Error("nothing was pushed");
    expect(JSON.parse(open(pushed.body, service))).toEqual(push);
    expect(pushed.body.toString("latin1")).not.toContain("waiting");
    expect(pushed.headers).toMatchObject({ ttl: "120", urgency: "high", "content-encoding": "aes128gcm" });
    const [, token = "", ours] = /^vapid t=([^,\s]+),\s*k=(\S+)$/.exec(pushed.headers.authorization ?? "") ?? [];
    expect(ours).toBe(keys.publicKey);
    const [head, claims = "", signature = ""] = token.split(".");
    const key = await webcrypto.subtle.importKey("raw", Buffer.from(keys.publicKey, "base64url"), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    expect(await webcrypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, Buffer.from(signature, "base64url"), Buffer.from(`${head}.${claims}`))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString("utf8"))).toMatchObject({ aud: new URL(service.subscription.endpoint).origin, sub: "mailto:hello@hours.example" });
  });

  test("waits for a device that is off as long as it is of use, and no longer than a push service keeps it", async () => {
    const service = await aPushService(201);
    const port = webPush(await makePushKeys(), "mailto:hello@hours.example");
    for (const seconds of [3600, 8 * 7 * 24 * 3600]) await port.send(service.subscription, push, seconds);
    expect(service.pushed.map(({ headers }) => headers["ttl"])).toEqual(["3600", String(28 * 24 * 3600)]);
  });

  test("is as long on the wire whatever it says, and no longer than every service takes (RFC 8030 section 7.2)", async () => {
    const service = await aPushService(201);
    const port = webPush(await makePushKeys(), "mailto:hello@hours.example");
    for (const body of ["Someone is waiting.", "A concern was raised. ".repeat(20)]) await port.send(service.subscription, { ...push, body });
    const [short, long] = service.pushed.map((pushed) => pushed.body.length);
    expect(short).toBe(long);
    expect(long).toBeLessThanOrEqual(4096);
  });

  test("follows nobody elsewhere: an answer that leads to another address is an error", async () => {
    const elsewhere = await aPushService(201);
    const service = await aPushService(307, elsewhere.subscription.endpoint);
    await expect(webPush(await makePushKeys(), "mailto:hello@hours.example").send(service.subscription, push)).rejects.toThrow("307");
    expect([service.pushed.length, elsewhere.pushed.length]).toEqual([1, 0]);
  });

  test.each([404, 410])("whose subscription the browser gave up (%i) is removed, and no other", async (status) => {
    const [lost, kept, failing] = [await aPushService(status), await aPushService(201), await aPushService(500)];
    const hers = await makeSignedIn(house);
    for (const { subscription } of [lost, kept, failing]) await house.db.insertInto("push_subscriptions").values({ member_id: hers.id, ...subscription, made_at: house.now() }).execute();
    const real = { ...house, delivery: { ...house.delivery, push: webPush(await makePushKeys(), "mailto:hello@hours.example") } };
    expect(await pushTo(real, [hers.id], push)).toEqual({ sent: 1, gone: 1, failed: 1 });
    const left = await house.db.selectFrom("push_subscriptions").select("endpoint").where("member_id", "=", hers.id).execute();
    expect(left.map(({ endpoint }) => endpoint).sort()).toEqual([kept, failing].map(({ subscription }) => subscription.endpoint).sort());
  });
});
