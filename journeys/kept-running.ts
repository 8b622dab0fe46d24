import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { until } from "./faults-browser.ts";
import type { Street } from "./street.ts";

/** A port that nothing listens at, for a program that comes back to the same address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts the program again after each kill, at the same address, as its host's supervisor would. */
export class KeptRunning {
  street: Street;
  readonly #start: () => Promise<Street>;
  constructor(first: Street, start: () => Promise<Street>) {
    this.street = first;
    this.#start = start;
  }
  async kill(): Promise<void> {
    const gone = once(this.street.process, "exit");
    this.street.process.kill("SIGKILL");
    await gone;
    this.street = await until(() => this.#start().catch(() => undefined), "the program is open again");
  }
}
