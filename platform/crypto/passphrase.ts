import { hash, verify } from "@node-rs/argon2";

// OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB of memory, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of no passphrase, so that a name nobody has costs as much as one that somebody has. */
const nobody = hash("nobody has this", cost);

/** The same passphrase typed on another keyboard is the same text (Unicode NFKC). */
const asTyped = (passphrase: string): string => passphrase.normalize("NFKC");

/** An argon2id hash with its parameters, for the database. About 10 ms of one core. */
export const hashPassphrase = (passphrase: string): Promise<string> => hash(asTyped(passphrase), cost);

/** Does it match? Without a hash it works as long and says no. */
export async function passphraseMatches(kept: string | undefined, passphrase: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobody), asTyped(passphrase));
  return kept !== undefined && matches;
}
