import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Package } from "./types.ts";

/** Made by bin/pack-credits.mjs from the lockfile, at the root of the sources and of the build alike. */
const file = new URL("../../../.credits.json", import.meta.url);
const schema = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }));

let read: readonly Package[] | undefined;

/** Every package that the program runs on or that went into what it shows, by name. */
export const packages = (): readonly Package[] => (read ??= schema.parse(JSON.parse(readFileSync(file, "utf8"))));
