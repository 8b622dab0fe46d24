import { setTimeout as pause } from "node:timers/promises";
import { FaultsBrowser, sendMessage, until, type Sent } from "./faults-browser.ts";
import { StreamLife } from "./faults-stream.ts";

export type Chance = (oneIn: number) => boolean;

/** Chance that comes out the same for the same seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (oneIn) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 < 1 / oneIn;
  };
}

const cutOneIn = 25;

/** A parent with her phone: opens a conversation, writes, and reads her stream. */
export class FaultsParent {
  readonly sent: Sent[] = [];
  readonly browser: FaultsBrowser;
  readonly name: string;
  stream: StreamLife | undefined;
  readonly #chance: Chance;
  #over = false;

  constructor(base: string, at: number, chance: Chance) {
    this.name = `Parent ${at}.`;
    this.#chance = chance;
    // Each has a network of her own, behind the one trusted proxy, so that no limit of a household holds her up.
    this.browser = new FaultsBrowser(base, { headers: { "x-forwarded-for": `10.0.${at}.1` } });
  }

  /** Opens until the page of her conversation is there: the answer with her key may be what the kill cut off. */
  async open(): Promise<void> {
    const key = crypto.randomUUID();
    await until(async () => {
      const { status } = await this.browser.post("/message", { key, words: `${this.name} Is anybody awake?` });
      if (status !== 303) return undefined;
      return (await this.browser.get("/conversation")).status === 200 || undefined;
    }, `${this.name} has opened`);
    this.stream = new StreamLife(this.browser, "/conversation/stream", { cutNow: () => this.#chance(cutOneIn) });
  }

  end(): void {
    this.#over = true;
  }

  /** Writes `times` messages, each when the one before is shown on her own page. */
  async write(times: number, onAcknowledged: () => void): Promise<void> {
    for (let at = 0; at < times && !this.#over; at++) {
      const sent = await sendMessage(this.browser, "/conversation/messages", `${this.name} Message ${at}.`);
      this.sent.push(sent);
      onAcknowledged();
      await until(() => (this.stream && this.stream.last >= sent.seq) || undefined, `"${sent.words}" shown to herself`);
    }
  }
}

type Held = { readonly stream: StreamLife; readonly sent: Sent[]; answered: number };

/** A volunteer at her desk: takes whoever waits, and answers each message that her page shows. */
export class FaultsVolunteer {
  readonly held = new Map<string, Held>();
  readonly #browser: FaultsBrowser;
  readonly #chance: Chance;
  readonly #name: string;
  #over = false;
  #work: Promise<unknown>[] = [];

  constructor(base: string, name: string, session: string, chance: Chance) {
    this.#name = name;
    this.#chance = chance;
    this.#browser = new FaultsBrowser(base, { cookies: { "__Host-session": session } });
  }

  async serve(cap: number, onAcknowledged: () => void): Promise<void> {
    const shift = new URLSearchParams({ cap: String(cap), hours: "4" });
    for (const language of ["en", "es"]) shift.append("languages", language);
    await until(async () => (await this.#browser.post("/desk/shift", shift)).status === 303 || undefined, `${this.#name} on duty`);
    while (!this.#over) {
      const { text } = await this.#browser.get("/desk").catch(() => ({ text: "" }));
      for (const [, id = ""] of text.matchAll(/href="\/desk\/conversations\/([0-9a-f-]{36})"/g)) if (!this.held.has(id)) this.#work.push(this.#answer(id, onAcknowledged));
      const waiting = /\/desk\/conversations\/([0-9a-f-]{36})\/claim/.exec(text)?.[1];
      if (waiting && this.held.size < cap) await this.#browser.post(`/desk/conversations/${waiting}/claim`).catch(() => undefined);
      await pause(waiting && this.held.size < cap ? 10 : 500);
    }
    await Promise.all(this.#work);
  }

  isDone(): boolean {
    return [...this.held.values()].every(({ answered, stream }) => answered === stream.shown.length);
  }

  end(): void {
    this.#over = true;
  }

  async #answer(id: string, onAcknowledged: () => void): Promise<void> {
    const at = `/desk/conversations/${id}`;
    const stream = new StreamLife(this.#browser, `${at}/stream`, { cutNow: () => this.#chance(cutOneIn) });
    const held: Held = { stream, sent: [], answered: 0 };
    this.held.set(id, held);
    while (!this.#over) {
      const next = stream.shown[held.answered];
      if (!next) await pause(5);
      else {
        if (!next.html.includes(this.#name) && /data-seq/.test(next.html) && !/text-center/.test(next.html)) {
          held.sent.push(await sendMessage(this.#browser, `${at}/messages`, `${this.#name} heard ${next.seq}.`));
          onAcknowledged();
        }
        held.answered++;
      }
    }
  }
}
