import { learned } from "./points/queries.ts";
import { readBy } from "./rules.ts";
import type { Reading } from "./types.ts";

// A topic is opened again and again, and she is told each time what was found in what is hers. Only in this memory, only the last few.
const lately = new Map<string, Reading>();
const mostLately = 300;

/** What a text may speak of, and how soon somebody should read it, by the points that were learned. */
export function read(text: string): Reading {
  const reading = lately.get(text) ?? readBy(learned(), text);
  lately.delete(text);
  lately.set(text, reading);
  const [first] = lately.keys();
  if (lately.size > mostLately && first !== undefined) lately.delete(first);
  return reading;
}
