import type { ServerResponse } from "node:http";

/** One open event stream of one browser. */
export type Stream = {
  /** How this browser sees the topic ("parent in Spanish"): streams with one lens get the same fragment, rendered once. */
  readonly lens: string;
  /** The number of the last thing this browser was shown. */
  seen: number;
  send(frames: string): void;
};

/** What a stream listens to. `atOnce`: bring it up to date when it opens, as every reconnect needs. */
export type Listening = { readonly topic: string; readonly refresh: Refresh; readonly atOnce: boolean };

/** Brings one topic's streams up to date: asks the tables once for what each has not seen, renders it, sends it. */
export type Refresh = (topic: string, streams: ReadonlySet<Stream>) => Promise<void>;

type Topic = { streams: Set<Stream>; refresh: Refresh; sweeps: boolean; running: boolean; again: boolean };

export type Hub = {
  /** Opens a stream on `response`; `seen` is the cursor that the browser came back with. */
  open(response: ServerResponse, stream: { lens: string; seen: number }, listening: readonly Listening[]): Stream;
  /** Something may be new under this topic: its streams here look. */
  wake(topic: string): void;
  /** Every topic looks, for wake-ups that were lost while the bus was cut. */
  wakeAll(): void;
  /** The topics under `prefix` that are open here, each with the number that its furthest-behind stream has seen. */
  behind(prefix: string): { topic: string; seen: number }[];
  /** How many streams are open here. */
  count(): number;
  close(): void;
};

/** A browser that takes nothing for this many bytes is let go; it comes back with its cursor and misses nothing. */
const mostWaitingBytes = 1_000_000;

const head = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A fragment as one server-sent event; `seen` becomes the browser's Last-Event-ID. */
export function frame(html: string, seen?: number): string {
  const id = seen === undefined ? "" : `id: ${seen}\n`;
  return `${id}data: ${html.replaceAll("\n", "\ndata: ")}\n\n`;
}

/** What a browser can't be trusted with: a cursor that is not a count is the beginning. */
export function cursorOf(value: string | undefined): number {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

/**
 * The streams of this process. The stream only says "something is new"; the truth is the table and its
 * sequence, so a reconnect with Last-Event-ID has neither a gap nor a double.
 */
export function makeHub(onError: (error: unknown) => void): Hub {
  const topics = new Map<string, Topic>();
  let total = 0;

  async function run(name: string, topic: Topic): Promise<void> {
    if (topic.running) {
      topic.again = true;
      return;
    }
    topic.running = true;
    try {
      do {
        topic.again = false;
        await topic.refresh(name, topic.streams);
      } while (topic.again && topic.streams.size > 0);
    } catch (error) {
      onError(error);
    } finally {
      topic.running = false;
    }
  }

  const heartbeat = setInterval(() => {
    for (const topic of topics.values()) for (const stream of topic.streams) stream.send(": still here\n\n");
  }, 20_000);
  heartbeat.unref();

  return {
    open(response, { lens, seen }, listening) {
      response.writeHead(200, head);
      response.write("retry: 1500\n\n");
      const stream: Stream = { lens, seen, send: (frames) => (response.writableLength > mostWaitingBytes ? void response.destroy() : void response.write(frames)) };
      total++;
      for (const { topic: name, refresh, atOnce } of listening) {
        let topic = topics.get(name);
        if (!topic) topics.set(name, (topic = { streams: new Set(), refresh, sweeps: atOnce, running: false, again: false }));
        topic.streams.add(stream);
        if (atOnce) void run(name, topic);
      }
      response.once("close", () => {
        total--;
        for (const { topic: name } of listening) {
          const topic = topics.get(name);
          topic?.streams.delete(stream);
          if (topic?.streams.size === 0) topics.delete(name);
        }
      });
      return stream;
    },
    wake(name) {
      const topic = topics.get(name);
      if (topic) void run(name, topic);
    },
    wakeAll() {
      for (const [name, topic] of topics) if (topic.sweeps) void run(name, topic);
    },
    behind: (prefix) => [...topics].filter(([name]) => name.startsWith(prefix)).map(([topic, { streams }]) => ({ topic, seen: Math.min(...[...streams].map(({ seen }) => seen)) })),
    count: () => total,
    close: () => clearInterval(heartbeat),
  };
}
