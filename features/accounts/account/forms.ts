import { z } from "zod";

export const passphraseForm = z.object({ now: z.string().max(2000).default(""), passphrase: z.string("passphraseShort").max(2000, "passphraseLong") });
