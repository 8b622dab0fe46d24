import { randomUUID } from "node:crypto";
import type { Keys } from "../../platform/crypto/seal.ts";
import type { Act } from "../../platform/db/transaction.ts";
import type { Decided, KindInRoom, OpenCase, Settled } from "./types.ts";

/** What a stream can listen to: something is new with who is needed, or asked; or with what waits on the desk. */
export const topics = { pages: "safety/pages", desk: "safety/desk" } as const;

/** What somebody can be needed for, now. */
export const pagedKinds = ["post", "reply", "report", "room"] as const;
export type PagedKind = (typeof pagedKinds)[number];

/** Why: what the words speak of (as `signals` names it), or that another member worries. */
export const pageReasons = ["selfHarm", "planOrMeans", "goodbye", "psychosis", "harmByOther", "babyAtRisk", "despair", "worried"] as const;
export type PageReason = (typeof pageReasons)[number];

/** Somebody is needed for this now. `path`: the page of ours on which it is to be read; its own gate decides who may. Never with anybody's words. */
export type PageNeeded = { readonly subjectKind: PagedKind; readonly subjectId: string; readonly reason: PageReason; readonly path: string };

/**
 * How another feature has the people on call asked: `await addJob(...pageNeeded({ … }))` in the transaction of the fact itself, so that
 * the one is never without the other. While a page of this subject is open, a second asks nobody anew.
 */
export const pageNeeded = (need: PageNeeded): readonly [task: "raise-page", payload: PageNeeded] => ["raise-page", need];

/**
 * Has something looked at: adds the job `open-case` to the act of another feature. The job may come twice: a subject has one case,
 * and the same reason (of the same report) stands on it once for as long as it waits.
 */
export const openCase = (act: Pick<Act, "addJob">, payload: OpenCase): Promise<void> => act.addJob("open-case", { ...payload, openingKey: randomUUID() });

/**
 * A room has something of its own looked at, which it goes on acting on itself: the same job, with the moment at which it was asked. Whatever
 * the room settles from that moment on is settled on the desk, too, in whichever order the two jobs are done.
 */
export const openCaseInRoom = (act: Pick<Act, "addJob" | "now">, payload: Omit<OpenCase, "subjectKind" | "reportId" | "authorId" | "authorMark"> & { readonly subjectKind: KindInRoom }): Promise<void> =>
  act.addJob("open-case", { ...payload, openingKey: randomUUID(), askedAt: act.now.toString() });

/** A room did what was to be done: adds the job `settle-case`, which takes it off the desk and keeps by whom. It may come twice. */
export const settleCase = (act: Pick<Act, "addJob" | "now">, settled: Settled): Promise<void> => act.addJob("settle-case", { ...settled, at: act.now.toString() });

/** Somebody has what is taken in its own room: adds the job `case-taken`, by which a second is asked to sit with her where it is most urgent. */
export const caseTaken = (act: Pick<Act, "addJob">, taken: { readonly subjectKind: KindInRoom; readonly subjectId: string; readonly by: string }): Promise<void> => act.addJob("case-taken", taken);

/**
 * The mark of an author who wrote without her name: the same for all that she writes so, and nothing to whoever lacks the master key.
 * By it she sees what was decided, appeals, and is not asked to decide about herself.
 */
export const authorMark = (keys: Keys, memberId: string): Buffer => keys.fingerprint("safety-author", memberId);

/** The feature that the subject belongs to does the job `<kind>-decided`, which may come twice: `post-decided`. */
export const tellDecided = (act: Pick<Act, "addJob">, decided: Decided): Promise<void> => act.addJob(`${decided.subjectKind}-decided`, decided);

/** An author left: adds the job `forget-author`, which takes her off every case and forgets what she was asked to do. */
export const authorLeft = (keys: Keys, act: Pick<Act, "addJob">, memberId: string): Promise<void> => act.addJob("forget-author", { memberId, mark: authorMark(keys, memberId).toString("hex") });

/** What a case is about is erased: adds the job `forget-subject`, which takes all words from the case. */
export const subjectErased = (act: Pick<Act, "addJob">, subject: Pick<OpenCase, "subjectKind" | "subjectId">): Promise<void> => act.addJob("forget-subject", subject);
