import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beside } from "../../beside.ts";
import type { RoomEvent } from "../provider.ts";
import { type Asked, askedSchema, type Done, type Place, saidSchema } from "./wire.ts";

const program = fileURLToPath(beside(import.meta.url, "process"));

type WithoutId<One> = One extends unknown ? Omit<One, "id"> : never;

export type Hearing = {
  event(event: RoomEvent): void;
  /** A place in the code where the process met an error; never what was said or sent. */
  broken(where: string): void;
  /** The process is gone. Whatever was asked of it is answered "broken". */
  ended(): void;
};

/** The media process while it lives. */
export type Child = {
  readonly pid: number | undefined;
  ask(asked: WithoutId<Asked>): Promise<Omit<Done, "kind" | "id" | "refused"> & { readonly refused?: Done["refused"] | "broken" }>;
  end(): Promise<void>;
};

/** Starts the media process; what is asked before it is ready waits in its pipe. */
export function startChild(place: Place, hearing: Hearing): Child {
  const child = fork(program, [JSON.stringify(place)], {
    execArgv: [],
    env: { NODE_ENV: process.env["NODE_ENV"], ...(process.platform === "win32" && { SYSTEMROOT: process.env["SYSTEMROOT"] }) },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const waiting = new Map<number, (done: Awaited<ReturnType<Child["ask"]>>) => void>();
  const gone = endOf(child).then(() => {
    for (const answer of waiting.values()) answer({ refused: "broken" });
    waiting.clear();
    hearing.ended();
  });
  child.on("message", (message) => {
    const { data: said } = saidSchema.safeParse(message);
    if (!said) return hearing.broken("what the media process said");
    if (said.kind === "event") hearing.event(said.event);
    if (said.kind === "broken") hearing.broken(said.where);
    if (said.kind !== "done") return;
    waiting.get(said.id)?.(said);
    waiting.delete(said.id);
  });
  let count = 0;
  return {
    pid: child.pid,
    ask: (asked) =>
      new Promise((resolve) => {
        if (!child.connected) return resolve({ refused: "broken" });
        const id = (count += 1);
        waiting.set(id, resolve);
        child.send(askedSchema.parse({ ...asked, id }));
      }),
    end() {
      child.kill("SIGKILL");
      return gone;
    },
  };
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
