import type { Instant } from "../../../platform/time/time.ts";

/** What changes in a member's ways of signing in, and what she is therefore told: by letter, or where none reaches her on her next page. */
export const changes = ["passkey_added", "passkey_removed", "passphrase_changed", "app_set_up", "app_removed", "codes_renewed", "email_changed", "sessions_ended", "steps_taken_away"] as const;
export type Change = (typeof changes)[number];

/** What stands on her next page. */
export type Notice = { readonly change: Change; readonly at: Instant };
