import type { Account } from "../types.ts";

/** With what she can show that it is she: a passkey alone; or all that is asked of the other two. */
export type Proofs = { readonly passkey: boolean; readonly passphrase: boolean; readonly code: boolean };

/**
 * Asks for as much as signing in did. Who must take two steps shows her passphrase and a code, if she has codes, or her passkey, which is both;
 * whoever else shows her passphrase, or a code where she has none.
 */
export function proofsOf({ hasPassphrase, hasApp, codesLeft, passkeys }: Pick<Account, "hasPassphrase" | "hasApp" | "codesLeft" | "passkeys">, twoSteps: boolean): Proofs {
  const passkey = passkeys.length > 0;
  const hasCode = hasApp || codesLeft > 0;
  const onlyHalf = twoSteps && passkey && !hasCode;
  return { passkey, passphrase: hasPassphrase && !onlyHalf, code: hasCode && (twoSteps || !hasPassphrase) };
}
