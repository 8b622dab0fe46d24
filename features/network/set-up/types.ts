import type { Act } from "../../../platform/db/transaction.ts";
import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";

export type FirstCoordinator = { readonly name: string; readonly signInName: string; readonly passphrase: string; readonly language: Language; readonly zone: string };

/** What set-up needs of the accounts; handed in by `app.tsx`, since features do not reach into each other's commands. */
export type Accounts = {
  /** Makes the member with the coordinator's role inside the act that makes the network. */
  readonly createFirstCoordinator: (act: Act, person: FirstCoordinator) => Promise<MemberId>;
};
