import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Language, Sentence } from "../types.ts";
import type { Spoken } from "./rules.ts";

const folder = "features/safety/signals/sentences";

function sentencesIn(path: string): Spoken[] {
  return readdirSync(join(folder, path))
    .filter((file) => file.endsWith(".jsonl"))
    .toSorted()
    .flatMap((file) => readFileSync(join(folder, path, file), "utf8").trim().split("\n").map((line) => ({ ...(JSON.parse(line) as Sentence), language: file.slice(0, 2) as Language, hand: file.slice(3, -".jsonl".length) })));
}

/** Every sentence that may be looked at and learned from. */
export const sentencesToLearnFrom = (): Spoken[] => sentencesIn("looked-at");

/** The open set, by a hand that wrote nothing else: nothing is learned from it, and nobody reads it. */
export const sentencesHeldOut = (): Spoken[] => sentencesIn("open");
