import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FaultsBrowser } from "./faults-browser.ts";

export type Shown = { readonly seq: number; readonly html: string };

/** One page's event stream over its whole life: cut and opened again with the number of the last event that arrived whole. */
export class StreamLife {
  /** Every numbered event that arrived, in its order. */
  readonly shown: Shown[] = [];
  cuts = 0;
  #response: IncomingMessage | undefined;
  #over = false;
  readonly #lived: Promise<void>;
  readonly #browser: FaultsBrowser;
  readonly #path: string;
  readonly #onShown: (shown: Shown) => void;
  readonly #cutNow: () => boolean;

  /** `cutNow` is asked at every piece that arrives: true cuts the line in the middle of it. */
  constructor(browser: FaultsBrowser, path: string, { onShown = () => undefined, cutNow = () => false }: { onShown?: (shown: Shown) => void; cutNow?: () => boolean } = {}) {
    this.#browser = browser;
    this.#path = path;
    this.#onShown = onShown;
    this.#cutNow = cutNow;
    this.#lived = this.#live();
  }

  get last(): number {
    return this.shown.at(-1)?.seq ?? 0;
  }

  cut(): void {
    if (this.#response && !this.#response.destroyed) this.cuts++;
    this.#response?.destroy();
  }

  end(): Promise<void> {
    this.#over = true;
    this.#response?.destroy();
    return this.#lived;
  }

  async #live(): Promise<void> {
    while (!this.#over) {
      try {
        this.#response = await this.#browser.open(this.#path, this.last > 0 ? { "last-event-id": String(this.last) } : {});
        if (this.#response.statusCode === 200) await this.#read(this.#response);
        else this.#response.destroy();
      } catch {
        // The line or the server is gone; the next try has the cursor.
      }
      await pause(20);
    }
  }

  async #read(response: IncomingMessage): Promise<void> {
    let rest = "";
    for await (const chunk of response.setEncoding("utf8")) {
      const text = chunk as string;
      const cut = this.#cutNow();
      // A browser drops an event whose end has not arrived.
      const frames = (rest + (cut ? text.slice(0, Math.floor(text.length / 2)) : text)).split("\n\n");
      rest = frames.pop() ?? "";
      for (const each of frames) this.#take(each);
      if (cut) return this.cut();
    }
  }

  #take(frame: string): void {
    const seq = Number(/^id: (\d+)$/m.exec(frame)?.[1] ?? 0);
    if (seq === 0) return;
    const shown = { seq, html: frame.slice(frame.indexOf("data: ")) };
    this.shown.push(shown);
    this.#onShown(shown);
  }
}
