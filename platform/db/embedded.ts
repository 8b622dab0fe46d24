import { setTimeout as pause } from "node:timers/promises";
import { type Site, open, prepare, url } from "./embedded-cluster.ts";
import { anotherPort } from "./embedded-endpoint.ts";
import { endOnExit } from "./embedded-exit.ts";
import { endStrayWorkers, findServer, identity, isAlive, removeStale } from "./embedded-owner.ts";
import { type Run, end, launch, untilReady } from "./embedded-server.ts";

/** A running database. `pid` is PostgreSQL's process now; it changes when the server had to be started anew, `url` does not. */
export type Embedded = { readonly url: string; readonly pid: number; stop(): Promise<void> };

type Log = (line: string) => void;
type Joined = { pid: number; owner: string | undefined };

// How long a start waits for the leftovers of an earlier one, in ms, and how often a guest looks whether its server is still there.
const patience = 5000;
const look = 500;

/**
 * Runs PostgreSQL on the folder `dataDir` (made if need be) and looks after it: a server that dies is started again at the same
 * address, one whose supervisor was killed is ended first, and none outlives this process. A second process on the same folder
 * joins the server of the first, and takes over when the first is gone. `log` gets the server's own lines, without any row's content.
 * Throws, in words for whoever runs the program, when PostgreSQL cannot be started.
 */
export async function startEmbedded({ dataDir, log }: { dataDir: string; log: Log }): Promise<Embedded> {
  const supervisor = new Supervisor(await prepare(dataDir), log);
  await supervisor.begin();
  return supervisor;
}

class Supervisor implements Embedded {
  readonly #log: Log;
  #site: Site;
  #run: Run | undefined;
  #joined: Joined | undefined;
  #watch: NodeJS.Timeout | undefined;
  #missed = 0;
  #begun = false;
  #stopped: Promise<void> | undefined;
  #starting: Promise<void> | undefined;
  #forget = (): void => undefined;

  constructor(site: Site, log: Log) {
    this.#site = site;
    this.#log = log;
  }

  get url(): string {
    return url(this.#site);
  }

  get pid(): number {
    return this.#run?.pid ?? this.#joined?.pid ?? 0;
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    clearInterval(this.#watch);
    await this.#starting?.catch(() => undefined);
    clearInterval(this.#watch);
    const run = this.#run;
    if (run && !run.hasEnded()) await end(run.pid, run.hasEnded, 10_000);
    this.#forget();
  }

  /** Starts the server or joins the one that runs. */
  begin(): Promise<void> {
    return (this.#starting = this.#begin().finally(() => (this.#starting = undefined)));
  }

  async #begin(): Promise<void> {
    const deadline = performance.now() + patience;
    let failure = new Error(`The server on ${this.#site.cluster} does not answer.`);
    do {
      try {
        if (await this.#attempt()) return;
      } catch (error) {
        failure = error as Error;
        if (!isPassing(failure)) throw failure;
        endStrayWorkers(this.#site.cluster);
        if (!this.#begun && /could not (create any TCP|bind)/.test(failure.message)) this.#site.endpoint = await anotherPort(this.#site.home);
      }
      await pause(50);
    } while (performance.now() < deadline);
    throw failure;
  }

  /** One look at the folder and what follows from it; true when the server is there. */
  async #attempt(): Promise<boolean> {
    const { cluster, endpoint } = this.#site;
    let found = await findServer(cluster, endpoint);
    // Another process started it a moment ago, or it is being stopped.
    while (found.state === "live" && !found.ready) {
      await pause(20);
      found = await findServer(cluster, endpoint);
    }
    if (found.state === "live") {
      this.#site.endpoint = found.endpoint;
      await open(this.#site);
      this.#join({ pid: found.pid, owner: found.owner });
      return true;
    }
    if (found.state === "orphan") {
      this.#log(`PostgreSQL (process ${found.pid}) was left behind by a program that was killed; it is ended.`);
      await end(found.pid, () => identity(found.pid) === undefined);
      return false;
    }
    if (found.stale) removeStale(cluster, found.stale);
    await this.#launch();
    return true;
  }

  async #launch(): Promise<void> {
    const run = await launch(this.#site, this.#log);
    const forget = endOnExit({ pid: run.pid, stop: () => this.stop() });
    try {
      await untilReady(this.#site, run);
    } catch (error) {
      if (!run.hasEnded()) await end(run.pid, run.hasEnded);
      forget();
      throw error;
    }
    this.#begun = true;
    this.#joined = undefined;
    this.#run = run;
    this.#forget = forget;
    void run.ended.then(() => {
      forget();
      this.#run = undefined;
      if (!this.#stopped) void this.#again("PostgreSQL ended; it is started again.");
    });
  }

  #join(joined: Joined): void {
    this.#begun = true;
    this.#joined = joined;
    this.#missed = 0;
    clearInterval(this.#watch);
    this.#watch = setInterval(() => void this.#keepWatch(), look).unref();
  }

  /** A guest's look at its server. While the one who started it lives, a missing server is that one's to start again, for 2 s. */
  async #keepWatch(): Promise<void> {
    const found = await findServer(this.#site.cluster, this.#site.endpoint);
    if (this.#starting || this.#stopped || !this.#joined) return;
    if (found.state === "live") {
      this.#missed = 0;
      this.#joined = { pid: found.pid, owner: found.owner };
      return;
    }
    const { owner } = this.#joined;
    const looksAfterIt = owner !== undefined && isAlive(owner);
    if (looksAfterIt && ++this.#missed < 4) return;
    clearInterval(this.#watch);
    await this.#again("The program that ran PostgreSQL is gone; this one takes over.");
  }

  /** Starts anew until it works: the application answers "not ready" meanwhile, and comes back by itself. */
  async #again(why: string): Promise<void> {
    this.#log(why);
    for (let wait = 100; !this.#stopped; wait = Math.min(wait * 2, 5000)) {
      try {
        return await this.begin();
      } catch (error) {
        this.#log(`PostgreSQL does not start: ${(error as Error).message}`);
        await pause(wait, undefined, { ref: false });
      }
    }
  }
}

/** Whether a start failed for a reason that ends by itself: another server's leftovers, or one that is just starting or stopping. */
const isPassing = (error: Error): boolean =>
  /lock file|shared memory|could not (create any TCP|bind)|is being accessed|starting up|shutting down|recovery mode|not yet accepting/.test(error.message) ||
  ["ECONNREFUSED", "ENOENT", "ECONNRESET", "57P03", "57P01"].includes((error as NodeJS.ErrnoException).code ?? "") ||
  /Connection terminated|tuple concurrently|already exists/.test(error.message);
