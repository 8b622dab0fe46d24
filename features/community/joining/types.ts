import type { Act } from "../../../platform/db/transaction.ts";
import type { Door } from "../../../platform/http/room.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";

/** What she joins with, and whether others use it. */
export type On = { readonly userAgent: string | undefined; readonly shared: boolean };

export type NewPerson = { readonly name: string; readonly signInName: string; readonly language: Language; readonly zone: string; readonly passphraseHash: string } & On;

/** What the community needs of the accounts. */
export type Accounts = {
  /** Somebody who can sign in, within the act in which she joins, and the token of her first session. */
  readonly addPerson: (act: Act, person: NewPerson) => Promise<{ readonly memberId: MemberId; readonly token: string }>;
  /** Another key for her who has just joined and whose answer was lost on the way, and a session. */
  readonly giveKeyAgain: (act: Act, member: { readonly memberId: MemberId; readonly passphraseHash: string } & On) => Promise<string>;
  /** Leaves the session with her browser; on a device that others use, for as long as it is open. */
  readonly beginSession: (c: Door, token: string, shared: boolean) => void;
};
