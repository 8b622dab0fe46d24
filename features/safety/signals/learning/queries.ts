import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Language, Sentence } from "../types.ts";
import { isHeldOut, type Spoken } from "./rules.ts";

const folder = "features/safety/signals/sentences";

function sentencesIn(path: string): Spoken[] {
  return readdirSync(join(folder, path))
    .filter((file) => file.endsWith(".jsonl"))
    .toSorted()
    .flatMap((file) => readFileSync(join(folder, path, file), "utf8").trim().split("\n").map((line) => ({ ...(JSON.parse(line) as Sentence), language: file.slice(0, 2) as Language })));
}

/** Every sentence that may be looked at and learned from: half of the open set, and all that was written for it. */
export const sentencesToLearnFrom = (): Spoken[] => [...sentencesIn("open").filter((one) => !isHeldOut(one)), ...sentencesIn("looked-at")];

/** The half of the open set that nothing was learned from. */
export const sentencesHeldOut = (): Spoken[] => sentencesIn("open").filter(isHeldOut);
