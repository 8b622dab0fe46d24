/** What a stream can listen to: something is new with who is needed, or asked. */
export const topics = { pages: "safety/pages" } as const;

/** What somebody can be needed for, now. */
export const subjectKinds = ["post", "reply", "report", "room"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Why: what the words speak of (as `signals` names it), or that another member worries. */
export const pageReasons = ["selfHarm", "planOrMeans", "goodbye", "psychosis", "harmByOther", "babyAtRisk", "despair", "worried"] as const;
export type PageReason = (typeof pageReasons)[number];

/** Somebody is needed for this now. `path`: the page of ours on which it is to be read; its own gate decides who may. Never with anybody's words. */
export type PageNeeded = { readonly subjectKind: SubjectKind; readonly subjectId: string; readonly reason: PageReason; readonly path: string };

/**
 * How another feature has the people on call asked: `await addJob(...pageNeeded({ … }))` in the transaction of the fact itself, so that
 * the one is never without the other. While a page of this subject is open, a second asks nobody anew.
 */
export const pageNeeded = (need: PageNeeded): readonly [task: "raise-page", payload: PageNeeded] => ["raise-page", need];
