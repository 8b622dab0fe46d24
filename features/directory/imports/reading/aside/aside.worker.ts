// Reads some tables of an export for `readAside`, and says what they become.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { deskFor } from "../../records/rules.ts";
import { openFiles } from "../../files/queries.ts";
import { gather } from "../../staging/gathering/commands.ts";
import { WholeRefused } from "../../types.ts";
import { feedTables, readingOf } from "../commands.ts";
import type { Errand, Told } from "./types.ts";

/** Lines of one table that go over in one go. */
const batch = 4_000;

const { path, named, tables, limits, source, now, verbatim } = workerData as Errand;
const port = parentPort;
if (!port) throw new Error("A thread alone.");
const tell = (told: Told): void => port.postMessage(told);

const { take, ...gathering } = gather(named);
const gathered = (least: number) => ({
  // As one text a table: thousands of short ones take longer to hand over than to read.
  waiting: take(least).map(({ into, lines }) => ({ into, lines: [lines.join("\n")] })),
  read: new Map([...gathering.read].filter(([file]) => tables.some(({ name }) => name === file))),
});
const pause = async (): Promise<void> => {
  const { waiting, read } = gathered(batch);
  if (waiting.length === 0) return;
  const leave = once(port, "message");
  tell({ waiting, read, last: false });
  await leave;
};

try {
  const files = await openFiles(path, limits);
  try {
    await feedTables(files, tables, limits, deskFor({ ...readingOf(source, Temporal.Instant.from(now)), verbatim }), { ...gathering, pause });
  } finally {
    files.close();
  }
  tell({ ...gathered(1), last: true });
} catch (error) {
  if (!(error instanceof WholeRefused)) throw error;
  tell({ refused: { reason: error.reason, detail: error.detail } });
}
