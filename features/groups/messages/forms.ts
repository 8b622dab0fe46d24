import { z } from "zod";
import { longestMessage } from "./rules.ts";

export const messageForm = z.object({
  message: z.string().default("").transform((text) => text.replaceAll("\r\n", "\n").trim()).pipe(z.string().min(1, "problemWords").max(longestMessage, "problemWords")),
  key: z.uuid().catch(() => crypto.randomUUID()),
});
