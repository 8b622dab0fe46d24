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

/** `due`: streams that have just opened; `woken`: all of them are to look. */
type Topic = { readonly streams: Set<Stream>; readonly refresh: Refresh; readonly sweeps: boolean; readonly due: Set<Stream>; woken: boolean; running: boolean };

/** How a stream begins: `seen` is the cursor that the browser came back with; where `stillAllowed` says no, later, the stream ends. */
export type Opening = { readonly lens: string; readonly seen: number; readonly stillAllowed?: () => Promise<boolean> };

export type Hub = {
  /** Opens a stream on `response`; on one that its browser already left, nothing is opened. */
  open(response: ServerResponse, opening: Opening, listening: readonly Listening[]): Stream;
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

/** Whether a reader may still look is asked with each heartbeat, and before a refresh when it was not asked for this long. */
const askAgainMs = 15_000;

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
  // To a browser a lone carriage return ends a line too: whoever could write one into a message could write the stream's own fields.
  return `${id}data: ${html.split(/\r\n|\r|\n/).join("\ndata: ")}\n\n`;
}

/** Is this a count, as our own pages write one into an address? */
export const isCursor = (value: string | undefined): value is string => value !== undefined && /^\d{1,9}$/.test(value);

/** What a browser can't be trusted with: a cursor that is not a count is the beginning. */
export const cursorOf = (value: string | undefined): number => (isCursor(value) ? Number(value) : 0);

/**
 * The streams of this process. The stream only says "something is new"; the truth is the table and its
 * sequence, so a reconnect with Last-Event-ID has neither a gap nor a double.
 */
export function makeHub(onError: (error: unknown) => void): Hub {
  const topics = new Map<string, Topic>();
  const watched = new Map<Stream, { stillAllowed: () => Promise<boolean>; askedAt: number; end: () => void }>();
  const beats = Array.from({ length: 20 }, () => new Set<Stream>());
  let beat = 0;
  let opened = 0;
  let total = 0;

  const unasked = (stream: Stream): boolean => performance.now() - (watched.get(stream)?.askedAt ?? Infinity) >= askAgainMs;

  /** Ends the stream of who may no longer look. What could not be asked is asked again the next time. */
  async function ask(stream: Stream): Promise<void> {
    const watch = watched.get(stream);
    if (!watch) return;
    try {
      const allowed = await watch.stillAllowed();
      watch.askedAt = performance.now();
      if (!allowed) watch.end();
    } catch (error) {
      onError(error);
    }
  }

  async function run(name: string, topic: Topic): Promise<void> {
    if (topic.running) return;
    topic.running = true;
    try {
      while (topic.streams.size > 0 && (topic.woken || topic.due.size > 0)) {
        // One that opens costs the others nothing: when a town's phones come back at once, each is brought up to date once.
        const looking = [...(topic.woken ? topic.streams : topic.due)];
        topic.woken = false;
        topic.due.clear();
        const asking = looking.filter(unasked);
        if (asking.length > 0) await Promise.all(asking.map(ask));
        const streams = new Set(looking.filter((stream) => topic.streams.has(stream)));
        if (streams.size > 0) await topic.refresh(name, streams);
      }
    } catch (error) {
      onError(error);
    } finally {
      topic.running = false;
    }
  }

  const wake = (name: string, topic: Topic): void => {
    topic.woken = true;
    void run(name, topic);
  };

  // Each second a twentieth of the streams, so that thousands do not all ask the database at one moment.
  const heartbeat = setInterval(() => {
    for (const stream of beats[beat++ % beats.length] ?? []) void ask(stream).then(() => stream.send(": still here\n\n"));
  }, 1000);
  heartbeat.unref();

  return {
    open(response, { lens, seen, stillAllowed }, listening) {
      const gone = () => response.destroyed || response.writableEnded;
      const send = (frames: string) => {
        if (gone()) return;
        if (response.writableLength > mostWaitingBytes) response.destroy();
        else response.write(frames);
      };
      const stream: Stream = { lens, seen, send };
      if (gone()) return stream;
      response.writeHead(200, head);
      response.write("retry: 1500\n\n");
      total++;
      // Her first beat comes after 15 to 20 seconds, so that a herd that came back at one moment is asked about over several.
      const mine = beats[(beat + beats.length - 1 - (opened++ % 5)) % beats.length];
      mine?.add(stream);
      const leave = () => {
        watched.delete(stream);
        mine?.delete(stream);
        for (const { topic: name } of listening) {
          const topic = topics.get(name);
          topic?.streams.delete(stream);
          topic?.due.delete(stream);
          if (topic?.streams.size === 0) topics.delete(name);
        }
      };
      if (stillAllowed) watched.set(stream, { stillAllowed, askedAt: performance.now(), end: () => (leave(), void response.end()) });
      for (const { topic: name, refresh, atOnce } of listening) {
        let topic = topics.get(name);
        if (!topic) topics.set(name, (topic = { streams: new Set(), refresh, sweeps: atOnce, due: new Set(), woken: false, running: false }));
        topic.streams.add(stream);
        if (!atOnce) continue;
        topic.due.add(stream);
        void run(name, topic);
      }
      response.once("close", () => {
        total--;
        leave();
      });
      return stream;
    },
    wake(name) {
      const topic = topics.get(name);
      if (topic) wake(name, topic);
    },
    wakeAll() {
      for (const [name, topic] of topics) if (topic.sweeps) wake(name, topic);
    },
    behind: (prefix) => [...topics].filter(([name]) => name.startsWith(prefix)).map(([topic, { streams }]) => ({ topic, seen: Math.min(...[...streams].map(({ seen }) => seen)) })),
    count: () => total,
    close: () => clearInterval(heartbeat),
  };
}
