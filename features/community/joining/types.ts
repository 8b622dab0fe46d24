import type { Act } from "../../../platform/db/transaction.ts";
import type { Door } from "../../../platform/http/room.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";

export type NewPerson = { readonly name: string; readonly signInName: string; readonly language: Language; readonly zone: string; readonly passphraseHash: string; readonly userAgent: string | undefined };

/** What the community needs of the accounts. */
export type Accounts = {
  /** Somebody who can sign in, within the act in which she joins, and the token of her first session. */
  readonly addPerson: (act: Act, person: NewPerson) => Promise<{ readonly memberId: MemberId; readonly token: string }>;
  /** Another key for her who has just joined and whose answer was lost on the way, and a session. */
  readonly giveKeyAgain: (act: Act, member: { readonly memberId: MemberId; readonly passphraseHash: string; readonly userAgent: string | undefined }) => Promise<string>;
  /** Leaves the session with her browser. */
  readonly keepSession: (c: Door, token: string) => void;
};
