import type { Language } from "../../../../platform/i18n/words.ts";
import type { Instant } from "../../../../platform/time/time.ts";
import type { Breach } from "../types.ts";

export const noticeParts = ["happened", "did", "may"] as const;
/** What whoever keeps the record says in her own words: what happened, what was done, what those whom it touched may do. */
export type NoticeWords = Readonly<Record<(typeof noticeParts)[number], string>>;

/** A notice as it was told; what it says of the breach is what was known then. */
export type NoticeSaid = { readonly breach: Pick<Breach, "kind" | "classes" | "from" | "until" | "knownAt">; readonly words: Readonly<Record<Language, NoticeWords>> };

/** One that somebody with an account was told. */
export type NoticeToHer = NoticeSaid & { readonly id: string; readonly toldAt: Instant; readonly readAt: Instant | undefined };

/** One as the record shows it: to how many it was shown, and how many of them said that they have read it. */
export type NoticeTold = { readonly id: string; readonly by: string; readonly at: Instant; readonly people: number; readonly read: number };
