import { Agent, request, type IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export type Answer = { readonly status: number; readonly location: string; readonly text: string };
type Fields = Readonly<Record<string, string>>;

/** What a browser does without a window: keeps cookies, posts forms as our own pages do, and reads event streams. */
export class FaultsBrowser {
  readonly base: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #cookies = new Map<string, string>();
  readonly #headers: Fields;

  constructor(base: string, { cookies = {}, headers = {} }: { cookies?: Fields; headers?: Fields } = {}) {
    this.base = base;
    this.#headers = { "accept-language": "en-US", ...headers };
    for (const [name, value] of Object.entries(cookies)) this.#cookies.set(name, value);
  }

  get(path: string): Promise<Answer> {
    return this.#ask("GET", path, {});
  }

  post(path: string, fields: Fields | URLSearchParams = {}, headers: Fields = {}): Promise<Answer> {
    return this.#ask("POST", path, { "content-type": "application/x-www-form-urlencoded", origin: this.base, ...headers }, new URLSearchParams(fields).toString());
  }

  /** Resolves with the response as soon as its head is there. */
  open(path: string, headers: Fields = {}): Promise<IncomingMessage> {
    return this.#send("GET", path, headers, undefined, false);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(method: string, path: string, headers: Fields, body?: string): Promise<Answer> {
    const response = await this.#send(method, path, headers, body, this.#agent);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, location: response.headers.location ?? "", text: Buffer.concat(chunks).toString() };
  }

  #send(method: string, path: string, headers: Fields, body: string | undefined, agent: Agent | false): Promise<IncomingMessage> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, this.base), { method, agent, headers: { ...this.#headers, ...headers, ...(cookie ? { cookie } : {}) } }, (response) => {
        for (const line of response.headers["set-cookie"] ?? []) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          this.#cookies.set(name, value);
        }
        resolve(response);
      });
      asked.once("error", reject);
      asked.end(body);
    });
  }
}

/** Tries until `work` answers with something, as a person's browser does that has lost its line. Throws after `seconds`. */
export async function until<T>(work: () => Promise<T | undefined> | T | undefined, what: string | (() => string), seconds = 90): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (let wait = 10; performance.now() < deadline; wait = Math.min(wait * 2, 250)) {
    try {
      const found = await work();
      if (found !== undefined) return found;
    } catch (error) {
      if (!isLost(error)) throw error;
    }
    await pause(wait);
  }
  throw new Error(`Waited ${seconds} s for this: ${typeof what === "string" ? what : what()}`);
}

const isLost = (error: unknown): boolean => error instanceof Error && "code" in error && /^(ECONN|EPIPE|ETIMEDOUT)/.test(String(error.code));

export type Sent = { readonly key: string; readonly words: string; readonly seq: number };

/** Sends one message until it is acknowledged, with the same key each time, as the page's own script does. */
export async function sendMessage(browser: FaultsBrowser, path: string, words: string): Promise<Sent> {
  const key = crypto.randomUUID();
  let answer: Answer | undefined;
  const seq = await until(
    async () => {
      answer = await browser.post(path, { key, words }, { accept: "application/json" });
      return answer.status === 200 ? (JSON.parse(answer.text) as { seq: number }).seq : undefined;
    },
    () => `"${words}" acknowledged; the last answer was ${answer?.status}: ${answer?.text.slice(0, 200)}`,
  );
  return { key, words, seq };
}
