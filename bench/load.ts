// Asks one page, or writes messages, over many connections at once for some seconds; prints what came of it. A process of its own, beside the server's.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { asBytes, Line } from "./line.ts";
import { percentile } from "./numbers.ts";

/** `pages`: these requests in turn. `messages`: one message after the other, in these conversations in turn. */
export type Load = { readonly host: string; readonly port: number; readonly connections: number; readonly seconds: number; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly cookies?: readonly string[] };
export type LoadResult = { readonly done: number; readonly failed: number; readonly seconds: number; readonly p50: number; readonly p95: number };

const load = JSON.parse(readFileSync(0, "utf8")) as Load;
const { cookies } = load;
const page = asBytes("GET", load.path, load.headers);
let turn = 0;

function next(): Buffer {
  if (!cookies) return page;
  const cookie = cookies[turn++ % cookies.length] ?? "";
  const body = new URLSearchParams({ key: randomUUID(), words: "I woke up at three again, and the baby too. Is it always like this?" });
  return asBytes("POST", load.path, { ...load.headers, cookie }, body.toString());
}

const took: number[] = [];
let failed = 0;
let over = false;
const began = performance.now();
let open = load.connections;

function again(line: Line): void {
  if (over) {
    line.close();
    if (--open === 0) report();
    return;
  }
  const from = performance.now();
  line.ask({
    bytes: next(),
    done: (status) => {
      if (status === 200) took.push(performance.now() - from);
      else failed++;
    },
  });
}

function report(): void {
  const result: LoadResult = { done: took.length, failed, seconds: (performance.now() - began) / 1000, p50: percentile(took, 50), p95: percentile(took, 95) };
  console.log(JSON.stringify(result));
}

for (let at = 0; at < load.connections; at++) new Line(load, again);
setTimeout(() => (over = true), load.seconds * 1000);
