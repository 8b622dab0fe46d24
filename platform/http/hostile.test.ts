import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import { openConversation } from "../../features/helpline/commands.ts";
import { opening } from "../../features/helpline/factory.ts";

const house = await openTestHouse();
const { token } = await openConversation(house, opening({ words: "My own words." }));
await openConversation(house, opening({ words: "canary of a stranger" }));
const cookie = `__Host-conversation=${token}`;

// A real server: what a browser, a proxy or a machine sends reaches it byte by byte.
const server = createAdaptorServer({ fetch: createApp(house).fetch });
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
afterAll(() => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
});

type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: (write: (piece: string) => void) => void };

/** Sends and reads to the end; of a stream the first `atMost` characters. */
function send({ method = "GET", path, headers = {}, body }: Sent, atMost = Infinity): Promise<{ status: number; text: string; headers: IncomingMessage["headers"] }> {
  return new Promise((done, failed) => {
    const asked = request({ port, host: "127.0.0.1", method, path, headers, agent: false }, (answer) => {
      let text = "";
      const end = () => done({ status: answer.statusCode ?? 0, text, headers: answer.headers });
      answer.setEncoding("utf8");
      answer.on("data", (piece: string) => {
        text += piece;
        if (text.length >= atMost) {
          end();
          asked.destroy();
        }
      });
      answer.on("end", end);
    });
    // A server may answer and hang up while the rest is still on its way.
    asked.on("error", (error) => failed(error));
    body?.((piece) => asked.write(piece));
    asked.end();
  });
}

/** Writes bytes to the socket and reads the first line that comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(Buffer.from(bytes, "latin1"));
  let text = "";
  for await (const piece of socket) text += String(piece);
  return text.split("\r\n")[0] ?? "";
}

const alive = async () => expect((await send({ path: "/health" })).text).toBe("alive\n");
const form = { "content-type": "application/x-www-form-urlencoded" };

describe("a body beyond the limit", () => {
  test("that says its length is answered with the page of the help numbers", async () => {
    const body = `words=${"x".repeat(1_200_000)}`;
    const answer = await send({ method: "POST", path: "/message", headers: { ...form, "content-length": String(body.length), "accept-language": "en-US" }, body: (write) => write(body) });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain("988");
    await alive();
  });

  test("that says nothing of its length is read no further than the limit, and keeps nothing", async () => {
    const answer = await send({ method: "POST", path: "/message", headers: form, body: (write) => Array.from({ length: 40 }, () => write("x".repeat(100_000))) });
    expect([413, 422]).toContain(answer.status);
    expect(answer.text.length).toBeLessThan(200_000);
    await alive();
  });
});

describe("a stream", () => {
  const cursor = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("-1", "1e9", "999999999", "99999999999999999999", "0x1", "1; 2", "NaN", "null", "1,2", " 1")).map((text) => text.replaceAll(/[^\t\x20-\x7e]/g, "?"));

  test("opened with any cursor shows her own words or none, never a failure", async () => {
    await fc.assert(
      fc.asyncProperty(cursor, async (last) => {
        const answer = await send({ path: "/conversation/stream", headers: { cookie, "last-event-id": last } }, 200);
        expect(answer.status).toBe(200);
        expect(answer.headers["content-type"]).toMatch(/^text\/event-stream/);
        expect(answer.text).not.toContain("canary");
      }),
      { numRuns: 30 },
    );
  });

  test("without a key is not there", async () => {
    expect((await send({ path: "/conversation/stream" })).status).toBe(404);
    expect((await send({ path: "/conversation/stream", headers: { cookie: "__Host-conversation=%00%ff" } })).status).toBe(404);
    expect((await send({ path: "/desk/stream", headers: { cookie } })).status).toBe(303);
  });
});

describe("bytes that are no request of a browser", () => {
  test.each([
    ["an address that can't be decoded", "GET /% HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["an address with NUL in it", "GET /help/%00 HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["half a character", "GET /help/%ed%a0%80 HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["an address that begins twice", "GET //elsewhere.example/%2e%2e HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["a whole address", "GET http://elsewhere.example/help HTTP/1.1\r\nhost: a\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["a host that is none", "GET /conversation/keep HTTP/1.1\r\nhost: \x80@[::::\r\n\r\n"],
    ["cookies of any bytes", `GET /message HTTP/1.1\r\nhost: a\r\ncookie: __Host-language=\xff\xfe; __Host-zone=%; =; ;;; __Host-country=\x80\r\n\r\n`],
    ["a language of any bytes", `GET / HTTP/1.1\r\nhost: a\r\naccept-language: \xff;q=\xfe,*;q=9,,-,x-${"y".repeat(900)}\r\n\r\n`],
    ["a head without an end", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(40_000)}\r\n\r\n`],
    ["two lengths", "POST /message HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nwords"],
    ["a length and pieces", "POST /message HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["no protocol", "hello\r\n\r\n"],
  ])("%s: an answer below 500, and the house stays up", async (_name, bytes) => {
    const line = await raw(bytes.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    expect(line).toMatch(/^HTTP\/1\.1 [234]\d\d/);
    await alive();
  });
});

test("an address of ours never leads to another site", async () => {
  const back = fc.oneof(fc.webUrl(), fc.constantFrom("//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "/%2felsewhere.example", "javascript:alert(1)", "/\t/elsewhere.example", "https:elsewhere.example", "/..//elsewhere.example", "/help\r\nlocation: //elsewhere.example"));
  await fc.assert(
    fc.asyncProperty(back, fc.constantFrom("/language", "/light", "/country", "/quiet"), async (to, path) => {
      const answer = await createApp(house).request(path, { method: "POST", headers: form, body: new URLSearchParams({ back: to, language: "es", light: "night", country: "US", quiet: "notes" }).toString() });
      expect(new URL(answer.headers.get("location") ?? "/", "http://ours.example").host).toBe("ours.example");
    }),
    { numRuns: 60 },
  );
});
