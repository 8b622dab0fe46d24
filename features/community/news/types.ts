export const everies = ["day", "week"] as const;
/** How often she is told at most. */
export type Every = (typeof everies)[number];

/** What she asked for, and by which ways she could be told; without any, her page is what she has. */
export type Telling = { readonly every: Every | undefined; readonly email: boolean; readonly devices: boolean };
