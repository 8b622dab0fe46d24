/** What changes in a member's ways of signing in, and what she is therefore told by letter. */
export const changes = ["passkey_added", "passkey_removed", "passphrase_changed", "app_set_up", "app_removed", "codes_renewed", "email_changed"] as const;
export type Change = (typeof changes)[number];
