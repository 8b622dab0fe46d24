// A thousand conversations, each open on five screens, in which people write: how long until what one wrote is on the others' screens?
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { asBytes, Line, type Asked } from "./line.ts";
import type { Talk } from "./night.ts";
import { percentile } from "./numbers.ts";

export type TalkLoad = { readonly host: string; readonly port: number; readonly talks: readonly Talk[]; readonly aSecond: number; readonly seconds: number };
export type TalkResult = { readonly streams: number; readonly messages: number; readonly missing: number; readonly failed: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly sentP95: number };

type Side = "parent" | "volunteer";
type Message = { readonly side: Side; sentAt: number; acceptedAt: number; readonly shownAt: number[]; waits: number };

const load = JSON.parse(readFileSync(0, "utf8")) as TalkLoad;
const messages = new Map<string, Message>();
let failed = 0;

// Forty connections carry what people send, as a browser's own would.
const free: Line[] = [];
const queue: Asked[] = [];
const pump = (line: Line) => {
  const next = queue.shift();
  if (next) line.ask(next);
  else free.push(line);
};
function send(bytes: Buffer, done: Asked["done"] = () => undefined): void {
  const asked: Asked = { bytes, done: (status, body) => (status >= 400 && failed++, done(status, body)) };
  // The one that rested longest, so that none rests until the server closes it.
  const line = free.shift();
  if (line) line.ask(asked);
  else queue.push(asked);
}

const base = `http://localhost:${load.port}`;
const pathOf = (talk: Talk, side: Side) => (side === "parent" ? "/conversation" : `/desk/conversations/${talk.id}`);
const post = (talk: Talk, side: Side, act: string, fields: Record<string, string>) =>
  asBytes("POST", `${pathOf(talk, side)}/${act}`, { host: `localhost:${load.port}`, cookie: talk[side], origin: base, accept: "application/json" }, new URLSearchParams(fields).toString());

/** One open page. `tells`: it is in front, so it says which words it has shown, as the page's script does. */
function openStream(talk: Talk, who: keyof Omit<Talk, "id">, tells: boolean, opened: () => void): void {
  const side: Side = who === "parent" ? "parent" : "volunteer";
  const socket = connect({ host: load.host, port: load.port, noDelay: true });
  socket.write(asBytes("GET", `${pathOf(talk, side)}/stream?after=0`, { cookie: talk[who], accept: "text/event-stream" }));
  let rest = "";
  let isOpen = false;
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const at = performance.now();
    const frames = (rest + chunk).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      if (!isOpen && frame.startsWith("HTTP") && !frame.startsWith("HTTP/1.1 200")) throw new Error(`A stream was not opened: ${frame.slice(0, 40)}`);
      if (!isOpen && frame.includes("id: ")) {
        isOpen = true;
        opened();
      }
      const key = /message ([0-9a-f-]{36})/.exec(frame)?.[1];
      const message = key ? messages.get(key) : undefined;
      if (!message) continue;
      const seq = /^id: (\d+)$/m.exec(frame)?.[1];
      if (tells && seq) send(post(talk, side, "shown", { seq }));
      if (message.side !== side) message.shownAt.push(at);
    }
  });
  socket.on("error", () => failed++);
}

/** Someone types, then sends. */
function write(talk: Talk, side: Side): void {
  const id = randomUUID();
  const message: Message = { side, sentAt: performance.now(), acceptedAt: 0, shownAt: [], waits: side === "parent" ? 3 : 2 };
  send(post(talk, side, "writing", {}));
  messages.set(id, message);
  send(post(talk, side, "messages", { key: randomUUID(), words: `I woke up at three again. This is message ${id}` }), (status) => {
    if (status === 200) message.acceptedAt = performance.now();
    else messages.delete(id);
  });
}

async function openAll(): Promise<void> {
  // Fifty at a time: a whole town does not open its phones in the same millisecond.
  const all = load.talks.flatMap((talk) => [[talk, "parent", true], [talk, "parent", false], [talk, "volunteer", true], [talk, "volunteer", false], [talk, "supervisor", false]] as const);
  for (let at = 0; at < all.length; at += 50)
    await Promise.all(all.slice(at, at + 50).map(([talk, who, tells]) => new Promise<void>((opened) => openStream(talk, who, tells, opened))));
}

await openAll();
for (let at = 0; at < 40; at++) new Line(load, pump);
const sides: readonly Side[] = ["parent", "volunteer"];
const due = load.aSecond * load.seconds;
const began = performance.now();
let written = 0;
const writing = setInterval(() => {
  // The clock says how many are due, so that a slow server is not asked less.
  for (; written < due && written < ((performance.now() - began) / 1000) * load.aSecond; written++) {
    const talk = load.talks[Math.floor(Math.random() * load.talks.length)];
    if (talk) write(talk, sides[written % 2] as Side);
  }
  if (written < due) return;
  clearInterval(writing);
  setTimeout(report, 3000);
}, 5);

function report(): void {
  const all = [...messages.values()];
  const sinceAccepted = all.flatMap(({ acceptedAt, shownAt }) => shownAt.map((at) => Math.max(0, at - acceptedAt)));
  const sinceSent = all.flatMap(({ sentAt, shownAt }) => shownAt.map((at) => at - sentAt));
  const missing = all.reduce((sum, { waits, shownAt }) => sum + waits - shownAt.length, 0);
  const result: TalkResult = { streams: load.talks.length * 5, messages: all.length, missing, failed, p50: percentile(sinceAccepted, 50), p95: percentile(sinceAccepted, 95), p99: percentile(sinceAccepted, 99), sentP95: percentile(sinceSent, 95) };
  console.log(JSON.stringify(result));
  process.exit(0);
}
