import type { Instant } from "../../../platform/time/time.ts";
import type { Person } from "../trails/rules.ts";
import type { ClassId } from "../types.ts";

export type BreachId = string & { readonly breachId: unique symbol };

/** Somebody saw it, it left this place, it was changed, it is lost. A disclosure that nobody allowed is a breach, too (FTC, 16 CFR 318.2). */
export const breachKinds = ["seen", "gone_out", "changed", "lost"] as const;
export type BreachKind = (typeof breachKinds)[number];

export const breachSteps = ["contained", "authority_told", "ftc_told", "members_told", "people_told", "media_told", "no_risk", "note", "closed"] as const;
export type BreachStep = (typeof breachSteps)[number];
/** What somebody did outside of the program and writes down; the others are written by what she does in it. */
export const stepsByHand = breachSteps.filter((step) => step !== "members_told");

export type Breach = {
  readonly id: BreachId;
  readonly kind: BreachKind;
  readonly classes: readonly ClassId[];
  /** Between which moments it lay open, as far as is known. */
  readonly from: Instant;
  readonly until: Instant;
  readonly knownAt: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly closed: boolean;
};

export type Step = { readonly id: string; readonly step: BreachStep; readonly words: string | undefined; readonly by: string; readonly at: Instant };

/** One with all that was written on it. `asWritten`: nothing of it was changed since, by the marks in the sealed audit. */
export type WholeBreach = Breach & { readonly what: string; readonly steps: readonly Step[]; readonly asWritten: boolean };

/** How many people of each kind had something in the classes that it touched. */
export type Affected = Readonly<Record<Person, number>>;

/** One of them, for a notice: how she is named to us and the ways in which she can be told. */
export type AffectedOne = { readonly person: Person; readonly id: string; readonly name: string | undefined; readonly hasEmail: boolean };
