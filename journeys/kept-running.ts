import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSideDoor, type SideDoor } from "../cast/side-door.ts";
import { startEmbedded, type Embedded } from "../platform/db/embedded.ts";
import { until } from "./faults-browser.ts";
import { freePort } from "./ports.ts";
import { serve, type Street } from "./street.ts";

/** Starts the program again after each kill, at the same address, as its host's supervisor would. */
class KeptRunning {
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

/** The built program on a database of its own, to be killed, its rows by another door, and the database that may be killed, too. All of it ends with the test. */
export async function openToBeKilled(): Promise<{ readonly program: KeptRunning; readonly door: SideDoor; readonly embedded: Embedded }> {
  const dataDir = mkdtempSync(join(tmpdir(), "small-hours-killed-"));
  const embedded = await startEmbedded({ dataDir, log: () => undefined });
  const masterKey = randomBytes(32).toString("hex");
  const port = await freePort();
  const start = () => serve(embedded.url, { PORT: String(port), MASTER_KEY: masterKey, TRUSTED_PROXIES: "1", LOG_LEVEL: "fatal" });
  const program = new KeptRunning(await start(), start);
  const door = openSideDoor(embedded.url, masterKey);
  onTestFinished(async () => {
    await program.street.stop();
    await door.close();
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { program, door, embedded };
}
