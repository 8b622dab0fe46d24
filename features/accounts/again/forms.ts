import { z } from "zod";

export const againForm = z.object({ passphrase: z.string().max(2000).default(""), code: z.string().max(60).default("") });
