import { z } from "zod";
import { longestNote } from "../rules.ts";
import { lookReasons, privateThings } from "./types.ts";

export const lookForm = z.object({
  what: z.enum(privateThings, "problemChoice"),
  lookReason: z.enum(lookReasons, "problemChoice"),
  lookNote: z.string("problemWords").trim().min(1, "problemWords").max(longestNote, "problemTooLong"),
  how: z.enum(["two", "alone"], "problemChoice"),
});
export const yesForm = z.object({ yes: z.enum(["yes", "no"], "problemChoice") });
