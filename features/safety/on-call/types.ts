import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";

export type PageId = string & { readonly pageId: unique symbol };
export type ShiftId = string & { readonly shiftId: unique symbol };
export type DisclosureId = string & { readonly disclosureId: unique symbol };

/** In which order people on call are asked. */
export const ranks = ["first", "second", "lead"] as const;
export type Rank = (typeof ranks)[number];

/** Whom a step asks. `nobody`: no one was reached, and what is written for that is done. */
export type Asks = Rank | "everyone" | "nobody";

/** Somebody can be called from one instant to another. */
export type Shift = { readonly id: ShiftId; readonly memberId: MemberId; readonly rank: Rank; readonly from: Instant; readonly until: Instant };

/** One who is asked in her turn. */
export type InLine = { readonly memberId: MemberId; readonly rank: Rank };

/** Whom the ladder can ask at a moment: people in their order, and everybody at once. */
export type Roster = { readonly line: readonly InLine[]; readonly everyone: readonly MemberId[] };

/** A step as it was taken. `dueAt`: when the next one follows, unless somebody has it. */
export type Step = { readonly number: number; readonly asks: Asks; readonly members: readonly MemberId[]; readonly takenAt: Instant; readonly dueAt: Instant };

/** A stretch of time in which fewer than two people are on call: one alone, or nobody. */
export type Gap = { readonly from: Instant; readonly until: Instant; readonly alone: MemberId | undefined };

/** Did a call leave this program for her? `no_way`: she has set up no device and no address. */
export type CallState = "waiting" | "sent" | "failed" | "no_way";

export const outcomes = ["talked", "somebody_near", "emergency_by_them", "emergency_by_us", "no_danger", "not_reached"] as const;
export type Outcome = (typeof outcomes)[number];

/** What whoever has it goes through, in this order. */
export const questions = ["read_it", "not_alone", "answered", "asked_plainly", "numbers", "baby", "second_person", "stays", "own_debrief"] as const;
export type Question = (typeof questions)[number];
export const answers = ["done", "not_needed"] as const;
export type Answer = (typeof answers)[number];
export type Answered = Partial<Readonly<Record<Question, Answer>>>;

/** The two reasons for which help from outside may be asked for without consent. */
export const disclosureReasons = ["life_now", "child_now"] as const;
export type DisclosureReason = (typeof disclosureReasons)[number];
export type Disclosure = { readonly id: DisclosureId; readonly reason: DisclosureReason; readonly askedBy: MemberId; readonly agreedBy: MemberId | undefined };

export type Refusal = { readonly refused: "nobodyHasIt" | "checklistOpen" | "needsTwo" | "sameOne" | "endsBeforeItBegins" | "tooLong" | "hasOneAlready" | "cannotBeOnCall" };

/** What is done where nobody was reached, as a coordinator wrote it. */
export type Fallback = Readonly<Record<Language, string>>;
