import { connect, type Socket } from "node:net";

export type Asked = { readonly bytes: Buffer; readonly done: (status: number, body: string) => void };

/** One kept connection that asks, waits for the whole answer and asks again: cheaper than node:http's client, so that what is measured is the server. */
export class Line {
  readonly #socket: Socket;
  #asked: Asked | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  readonly #free: (line: Line) => void;

  /** `free` is called when the line is open and after each answer. */
  constructor({ host, port }: { host: string; port: number }, free: (line: Line) => void) {
    this.#free = free;
    this.#socket = connect({ host, port, noDelay: true }, () => free(this));
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#socket.on("error", (error) => {
      throw error;
    });
  }

  ask(asked: Asked): void {
    this.#asked = asked;
    this.#socket.write(asked.bytes);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    const whole = wholeAnswer(this.#buffer);
    if (!whole) return;
    this.#buffer = Buffer.alloc(0);
    const { done } = this.#asked as Asked;
    this.#asked = undefined;
    done(whole.status, whole.body());
    this.#free(this);
  }
}

const lastChunk = Buffer.from("\r\n0\r\n\r\n");

/** The answer, once all of it is there. */
function wholeAnswer(buffer: Buffer): { status: number; body: () => string } | undefined {
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = buffer.toString("latin1", 0, end);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const chunked = length === undefined && /^transfer-encoding: *chunked/im.test(head);
  const whole = chunked ? buffer.subarray(-lastChunk.length).equals(lastChunk) : buffer.length >= end + 4 + Number(length ?? 0);
  return whole ? { status: Number(head.slice(9, 12)), body: () => buffer.toString("utf8", end + 4) } : undefined;
}

/** A request as it goes over the line. */
export function asBytes(method: "GET" | "POST", path: string, headers: Readonly<Record<string, string>>, body = ""): Buffer {
  const all = method === "POST" ? { "content-type": "application/x-www-form-urlencoded", "content-length": String(Buffer.byteLength(body)), ...headers } : headers;
  const lines = Object.entries({ host: "localhost", connection: "keep-alive", ...all }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}
