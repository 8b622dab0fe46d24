import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import fc from "fast-check";
import pg from "pg";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../app.tsx";
import { openTestHouse } from "../../cast/test-house.ts";
import { openConversation, sendMessage } from "../../features/helpline/commands.ts";
import { opening } from "../../features/helpline/factory.ts";
import { catchUp } from "../../features/helpline/live.ts";
import { postgresBus } from "./bus.ts";
import { cursorOf, frame, makeHub, type Stream } from "./hub.ts";

const house = await openTestHouse();
const server = createAdaptorServer({ fetch: createApp(house).fetch });
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
afterAll(() => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
});

/** A parent's browser: reads the stream, remembers its Last-Event-ID, loses the connection, comes back. */
class Reader {
  readonly ids: number[] = [];
  readonly #cookie: string;
  #last = 0;
  #cut: (() => void) | undefined;
  #wake: () => void = () => undefined;

  constructor(token: string) {
    this.#cookie = `__Host-conversation=${token}`;
  }

  open(): Promise<void> {
    if (this.#cut) return Promise.resolve();
    return new Promise((opened, failed) => {
      const asked = request({ port, host: "127.0.0.1", path: "/conversation/stream?after=0", agent: false, headers: { cookie: this.#cookie, ...(this.#last ? { "last-event-id": String(this.#last) } : {}) } }, (answer) => {
        let waiting = "";
        answer.setEncoding("utf8");
        answer.on("data", (piece: string) => {
          if (this.#cut === undefined) return;
          const events = (waiting + piece).split("\n\n");
          waiting = events.pop() ?? "";
          for (const event of events) this.#hear(event);
        });
        answer.on("error", () => undefined);
        opened();
      });
      asked.on("error", failed);
      this.#cut = () => {
        asked.off("error", failed);
        asked.on("error", () => undefined);
        asked.destroy();
      };
      asked.end();
    });
  }

  cut(): void {
    this.#cut?.();
    this.#cut = undefined;
  }

  /** Resolves when entry `seq` was shown. */
  async sees(seq: number): Promise<void> {
    while (this.#last < seq) await new Promise<void>((wake) => (this.#wake = wake));
  }

  #hear(event: string): void {
    const id = /^id: (\d+)$/m.exec(event)?.[1];
    if (id === undefined) return;
    this.#last = Number(id);
    this.ids.push(this.#last);
    this.#wake();
  }
}

async function aConversation() {
  const { scope, token } = await openConversation(house, opening());
  const write = async (by = house) => {
    const sent = await sendMessage(by, scope, "I am still here.", randomUUID());
    if ("refused" in sent) throw new Error(sent.refused);
    return sent.seq;
  };
  return { reader: new Reader(token ?? ""), write };
}

describe("a stream that is cut", () => {
  test("comes back with neither a gap nor a double, wherever it is cut", async () => {
    const act = fc.constantFrom("write", "write", "cut", "open", "two at once");
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
        const { reader, write } = await aConversation();
        let last = 1;
        for (const one of acts) {
          if (one === "cut") reader.cut();
          if (one === "open") await reader.open();
          if (one === "write") last = await write();
          if (one === "two at once") last = Math.max(...(await Promise.all([write(), write()])));
        }
        await reader.open();
        await reader.sees(last);
        reader.cut();
        expect(reader.ids).toEqual(Array.from({ length: last }, (_, at) => at + 1));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test("whose wake-up was lost is found behind, and brought up to date", async () => {
    const { reader, write } = await aConversation();
    await reader.open();
    await reader.sees(1);
    // A process that died between its commit and its wake-up.
    const last = await write({ ...house, bus: { ...house.bus, tell: () => undefined } });
    expect(reader.ids).toEqual([1]);
    await catchUp(house);
    await reader.sees(last);
    expect(reader.ids).toEqual([1, 2]);
    reader.cut();
  });
});

describe("the bus over LISTEN and NOTIFY", () => {
  /** One process's ear: what it heard, how often it was cut, and a promise of the next of either. */
  async function anEar() {
    const heard: string[] = [];
    let cuts = 0;
    let wake: () => void = () => undefined;
    const bus = await postgresBus(house.url, { hear: (topic) => (heard.push(topic), wake()), cut: () => (cuts++, wake()) });
    onTestFinished(() => bus.close());
    const until = async (enough: () => boolean) => {
      while (!enough()) await new Promise<void>((done) => (wake = done));
    };
    return { bus, heard, cuts: () => cuts, until };
  }

  test("wakes every other process, and itself once", async () => {
    const [one, other] = [await anEar(), await anEar()];
    one.bus.tell(["conversation/a", "queue"]);
    await other.until(() => other.heard.length === 2);
    other.bus.tell(["done"]);
    await one.until(() => one.heard.includes("done"));
    expect(other.heard).toEqual(["conversation/a", "queue", "done"]);
    expect(one.heard).toEqual(["conversation/a", "queue", "done"]);
  });

  test("listens again after its connection was ended, and has everybody look at what was missed", async () => {
    const [one, other] = [await anEar(), await anEar()];
    const admin = new pg.Client({ connectionString: house.url });
    await admin.connect();
    const before = [one.cuts(), other.cuts()].map((count) => count + 1);
    const { rowCount } = await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'small-hours bus' and query ilike 'listen%' and datname = current_database()");
    await admin.end();
    expect(rowCount).toBe(2);
    await Promise.all([one.until(() => one.cuts() === before[0]), other.until(() => other.cuts() === before[1])]);
    one.bus.tell(["conversation/b"]);
    await other.until(() => other.heard.includes("conversation/b"));
  });
});

describe("the hub", () => {
  test("lets go of a reader who takes nothing, and keeps the one who does", async () => {
    const hub = makeHub((error) => {
      throw error;
    });
    const streams: Stream[] = [];
    const responses: ServerResponse[] = [];
    const doors = createServer((_asked, response) => {
      responses.push(response);
      streams.push(hub.open(response, { lens: "", seen: 0 }, [{ topic: "t", refresh: () => Promise.resolve(), atOnce: false }]));
    }).listen(0, "127.0.0.1");
    await once(doors, "listening");
    onTestFinished(() => {
      hub.close();
      doors.closeAllConnections();
      doors.close();
    });
    const knock = (reads: boolean) =>
      new Promise<void>((done) => {
        request({ port: (doors.address() as AddressInfo).port, host: "127.0.0.1", agent: false }, (answer) => {
          if (reads) answer.resume();
          else answer.pause();
          answer.on("error", () => undefined);
          done();
        })
          .on("error", () => undefined)
          .end();
      });
    await knock(false);
    await knock(true);
    const [stuck, reading] = responses;
    for (let time = 0; time < 400 && !stuck?.destroyed; time++) {
      streams[0]?.send("x".repeat(100_000));
      streams[1]?.send(": hello\n\n");
      await new Promise((next) => setImmediate(next));
    }
    expect(stuck?.destroyed).toBe(true);
    expect(reading?.destroyed).toBe(false);
    if (hub.count() > 1 && stuck) await once(stuck, "close");
    expect(hub.count()).toBe(1);
  });

  test("a cursor that is no count is the beginning", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (text) => {
        expect(cursorOf(text)).toBe(/^\d{1,9}$/.test(text) ? Number(text) : 0);
      }),
    );
    expect(cursorOf(undefined)).toBe(0);
  });

  test("no words of anybody can end their frame or begin another", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "id: 9", "event: x", ":", " ") }), fc.nat(), (words, seen) => {
        const [head, ...rest] = frame(words, seen).slice(0, -2).split(/\r\n|\r|\n/);
        expect(head).toBe(`id: ${seen}`);
        expect(rest.every((line) => line.startsWith("data: "))).toBe(true);
      }),
    );
  });
});
