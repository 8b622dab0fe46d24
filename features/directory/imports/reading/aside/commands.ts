import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { beside } from "../../../../../platform/beside.ts";
import type { Stage } from "../../staging/commands.ts";
import { WholeRefused } from "../../types.ts";
import type { Sink } from "../commands.ts";
import type { Errand, Told } from "./types.ts";

const program = beside(import.meta.url, "aside.worker");

/**
 * Reads tables in a thread of its own into the stage: reading takes longer than writing, and a second processor would wait. Without tables it does nothing.
 * Throws what the reading of them throws, or that `signal` broke it off; then its thread has ended, and it writes no more.
 */
export async function readAside(errand: Errand, stage: Pick<Stage & Sink, "add" | "hear" | "pause">, signal: AbortSignal): Promise<void> {
  if (errand.tables.length === 0) return;
  const worker = new Worker(program, { workerData: errand, execArgv: [], env: {}, resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 24 } });
  // What it says while it is being ended: nobody waits for it any more.
  worker.on("error", () => undefined);
  try {
    for await (const [told] of on(worker, "message", { signal, close: ["exit"] }) as AsyncIterable<readonly [Told]>) {
      if ("refused" in told) throw new WholeRefused(told.refused.reason, told.refused.detail);
      stage.hear(told.read);
      await stage.add(told.waiting);
      await stage.pause();
      if (told.last) return;
      worker.postMessage("on", []);
    }
    throw new Error("A thread ended before its tables did.");
  } finally {
    await worker.terminate();
  }
}
