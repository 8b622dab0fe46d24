import type { Act } from "../../../platform/db/transaction.ts";
import type { MemberId } from "../../../platform/http/scope.ts";

/** What leaving needs of the accounts. */
export type Parting = {
  /** Are these her six words? Otherwise why not, and for how long she waits who tried too often. */
  readonly confirm: (member: MemberId, words: string) => Promise<{ readonly confirmed: true } | { readonly refused: "presentWrong" } | { readonly refused: "tooManyTries"; readonly seconds: number }>;
  /** Ends all that opens her account, and destroys her key, within the act in which she leaves. Safe to run twice. */
  readonly forget: (act: Act, member: MemberId) => Promise<void>;
};
