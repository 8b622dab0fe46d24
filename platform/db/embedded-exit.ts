import { signal } from "./embedded-owner.ts";

type Running = { pid: number; stop(): Promise<void> };

const running = new Set<Running>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function endAll(): void {
  for (const { pid } of running) signal(pid, "SIGINT");
}

/** When the application handles the signal itself it also calls `stop` in its own time; otherwise the databases stop and then the process. */
function onSignal(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 1) return;
  void Promise.allSettled([...running].map((one) => one.stop())).then(() => {
    process.off(name, onSignal);
    process.kill(process.pid, name);
  });
}

/**
 * Sees to it that a database does not outlive this process, however it ends (only SIGKILL is left to the next start).
 * Returns the way to forget it, for when it has ended.
 */
export function endOnExit(one: Running): () => void {
  if (running.size === 0) {
    process.on("exit", endAll);
    for (const name of signals) process.on(name, onSignal);
  }
  running.add(one);
  return () => {
    if (!running.delete(one) || running.size > 0) return;
    process.off("exit", endAll);
    for (const name of signals) process.off(name, onSignal);
  };
}
