import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { readEnvironment } from "./environment.ts";
import { askOutside, isOutside, OutsideError, waitOf } from "./outside.ts";

const asking = (NODE_ENV: "production" | "test") => ({ environment: readEnvironment({ NODE_ENV, PUBLIC_URL: "https://help.example.org" }) });
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const requests: IncomingMessage[] = [];
const server = createServer((request, response) => {
  requests.push(request);
  answer(request, response);
});
await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => server.close());
beforeEach(() => void (requests.length = 0));

const troubleAt = async (address: string, NODE_ENV: "production" | "test" = "test", more = {}) =>
  askOutside(asking(NODE_ENV), address, { backoffMs: 1, ...more }).then(
    () => "none",
    (error: unknown) => (error instanceof OutsideError ? error.trouble : String(error)),
  );

test.each([
  ["8.8.8.8", true],
  ["2606:4700::1111", true],
  ["0.0.0.0", false],
  ["10.1.2.3", false],
  ["100.64.0.1", false],
  ["127.0.0.1", false],
  ["169.254.169.254", false],
  ["172.31.255.255", false],
  ["192.168.0.1", false],
  ["198.18.0.1", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::", false],
  ["::1", false],
  ["::ffff:8.8.8.8", false],
  ["64:ff9b::7f00:1", false],
  ["2002:7f00:1::", false],
  ["2001:0:7f00:1::", false],
  ["fc00::1", false],
  ["fe80::1", false],
  ["ff02::1", false],
] as const)("%s is of the open internet: %s", (address, outside) => expect(isOutside(address)).toBe(outside));

describe("where this program goes", () => {
  it.each(["http://example.org/", base, "https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest/meta-data", "https://user:word@example.org/", "file:///etc/passwd", "ftp://example.org/"])("it does not go to %s", async (address) => {
    expect(await troubleAt(address, "production")).toBe("forbidden");
    expect(requests).toEqual([]);
  });

  it("it does not go to a name that is found on this machine", async () => {
    expect(await troubleAt(`https://localhost:${new URL(base).port}/`, "production")).toBe("forbidden");
    expect(requests).toEqual([]);
  });

  it("it looks at each step of a redirection, and follows three", async () => {
    answer = (_request, response) => response.writeHead(302, { location: "ftp://example.org/" }).end();
    expect(await troubleAt(base)).toBe("forbidden");
    answer = (_request, response) => response.writeHead(302, { location: "/again" }).end();
    expect(await troubleAt(base)).toBe("denied");
    expect(requests).toHaveLength(5);
  });
});

describe("an answer", () => {
  it("is read, packed or not, and says who asks", async () => {
    answer = (_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"a":1}'));
    expect(await askOutside(asking("test"), base)).toEqual({ a: 1 });
    expect(requests[0]?.headers["user-agent"]).toBe("SmallHours/1 (directory; +https://help.example.org)");
  });

  it.each([
    ["no JSON", "<html>", "wrong"],
    ["more than is taken", JSON.stringify("x".repeat(2_000)), "wrong"],
    ["more than is taken, packed small", gzipSync(JSON.stringify("x".repeat(100_000))), "wrong"],
  ] as const)("that is %s is refused", async (_what, body, trouble) => {
    answer = (_request, response) => response.writeHead(200, typeof body === "string" ? {} : { "content-encoding": "gzip" }).end(body);
    expect(await troubleAt(base, "test", { most: 1_000 })).toBe(trouble);
    expect(requests).toHaveLength(1);
  });

  it("of 'later' is waited for, and asked for again a few times only", async () => {
    answer = (_request, response) => (requests.length < 3 ? response.writeHead(429, { "retry-after": "0" }).end() : response.writeHead(200).end("[]"));
    expect(await askOutside(asking("test"), base)).toEqual([]);
    requests.length = 0;
    answer = (_request, response) => response.writeHead(503).end();
    expect(await troubleAt(base, "test", { tries: 3 })).toBe("away");
    expect(requests).toHaveLength(3);
  });

  it("of 'much later' is handed on, without asking again", async () => {
    answer = (_request, response) => response.writeHead(503, { "retry-after": "3600" }).end();
    await expect(askOutside(asking("test"), base)).rejects.toMatchObject({ trouble: "away", waitSeconds: 3_600 });
    expect(requests).toHaveLength(1);
  });

  it("that does not come in time is nobody's", async () => {
    answer = () => undefined;
    expect(await troubleAt(base, "test", { seconds: 0.1, tries: 1 })).toBe("away");
  });

  it("names when to come again in seconds, or as a moment", () => {
    const now = Temporal.Instant.from("2026-11-24T10:59:00Z");
    expect(["7", "Tue, 24 Nov 2026 11:00:00 GMT", "Tue, 24 Nov 2026 10:00:00 GMT", "soon", undefined].map((header) => waitOf(header, now))).toEqual([7, 60, 0, undefined, undefined]);
  });
});
