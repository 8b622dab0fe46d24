import also from "./also.json" with { type: "json" };
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

/** A term of our own small list. Its first letter says what it answers: see `groups`. */
export type Term = keyof typeof en;

export const terms = Object.keys(en) as readonly Term[];
export const isTerm = (value: unknown): value is Term => typeof value === "string" && Object.hasOwn(en, value);

/** w: who it is for; s: what it gives; c: what it costs; i: which insurance it takes; t: how to take part; p: what other parents want to know. */
export const groups = ["w", "s", "c", "i", "t", "p"] as const;
export type Group = (typeof groups)[number];

export const termsOf = (group: Group): readonly Term[] => terms.filter((term) => term.startsWith(`${group}_`));

/** What a person may type for it: its name in each language and other words that parents and professionals use. */
export const spoken = (term: Term): string => [en[term], es[term], ...((also as Partial<Record<Term, readonly string[]>>)[term] ?? [])].join(" ");
