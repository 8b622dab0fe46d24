import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { EventEmitter, once } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { frame, makeHub, type Opening, type Refresh } from "./hub.ts";

/** As much of a response as a stream touches. */
function aResponse(): { response: ServerResponse; sent: () => string } {
  const chunks: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    destroyed: false,
    writableEnded: false,
    writableLength: 0,
    writeHead: () => undefined,
    write: (text: string) => chunks.push(text),
    end() {
      this.writableEnded = true;
    },
  });
  return { response: response as unknown as ServerResponse, sent: () => chunks.join("") };
}

describe("a frame", () => {
  test.each(["\n", "\r", "\r\n"])("holds what somebody wrote inside its data, whichever line end she used (%j)", (end) => {
    const text = frame(`<p>before${end}id: 999${end}event: other${end}${end}after</p>`, 7);
    expect(text.split(/\r\n|\r|\n/)).toEqual(["id: 7", "data: <p>before", "data: id: 999", "data: event: other", "data: ", "data: after</p>", "", ""]);
  });
});

describe("a stream whose reader may look no longer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function anOpenStream(stillAllowed: Opening["stillAllowed"], onError: (error: unknown) => void = () => undefined) {
    const hub = makeHub(onError);
    const seenBy: number[] = [];
    const refresh: Refresh = (_topic, streams) => {
      seenBy.push(streams.size);
      for (const stream of streams) stream.send("data: words\n\n");
      return Promise.resolve();
    };
    const { response, sent } = aResponse();
    hub.open(response, { lens: "desk", seen: 0, ...(stillAllowed ? { stillAllowed } : {}) }, [{ topic: "one", refresh, atOnce: false }, { topic: "two", refresh, atOnce: false }]);
    return { hub, response, sent, seenBy };
  }

  test("is ended with the next heartbeat, and is sent nothing more", async () => {
    let allowed = true;
    const { hub, response, sent } = anOpenStream(() => Promise.resolve(allowed));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent()).toContain(": still here");
    expect(response.writableEnded).toBe(false);
    allowed = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(response.writableEnded).toBe(true);
    const before = sent();
    hub.wake("one");
    hub.wakeAll();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent()).toBe(before);
    response.emit("close");
    expect(hub.count()).toBe(0);
    hub.close();
  });

  test("is not sent what is new once 15 seconds have passed since it was asked", async () => {
    let asked = 0;
    const { hub, response, sent, seenBy } = anOpenStream(() => Promise.resolve(++asked > 99));
    await vi.advanceTimersByTimeAsync(14_000);
    hub.wake("one");
    await vi.advanceTimersByTimeAsync(1);
    expect([asked, sent().includes("words")]).toEqual([0, true]);
    await vi.advanceTimersByTimeAsync(1000);
    hub.wake("two");
    await vi.advanceTimersByTimeAsync(1);
    expect([asked, response.writableEnded, seenBy.length]).toEqual([1, true, 1]);
    hub.close();
  });

  test("stays while it cannot be asked, and is asked again", async () => {
    const errors: unknown[] = [];
    let answers = false;
    const { hub, response } = anOpenStream(() => (answers ? Promise.resolve(false) : Promise.reject(new Error("down"))), (error) => errors.push(error));
    await vi.advanceTimersByTimeAsync(20_000);
    expect([errors.length, response.writableEnded]).toEqual([1, false]);
    answers = true;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(response.writableEnded).toBe(true);
    hub.close();
  });

  test("and one that nobody asks about goes on", async () => {
    const { hub, response, sent } = anOpenStream(undefined);
    await vi.advanceTimersByTimeAsync(60_000);
    hub.wake("one");
    expect([response.writableEnded, sent().includes("words"), sent().match(/still here/g)?.length]).toEqual([false, true, 3]);
    hub.close();
  });
});

test("nothing is opened for a browser that left while its gate was asked", async () => {
  const hub = makeHub(() => undefined);
  let leave = (): void => undefined;
  const server = createServer((_request: IncomingMessage, response) => {
    response.once("close", () => {
      hub.open(response, { lens: "", seen: 0 }, [{ topic: "one", refresh: () => Promise.resolve(), atOnce: false }]);
      server.emit("tried");
    });
    leave();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const request = get({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
  request.on("error", () => undefined);
  leave = () => request.destroy();
  await once(server, "tried");
  expect([hub.count(), hub.behind("")]).toEqual([0, []]);
  hub.close();
  server.close();
});
