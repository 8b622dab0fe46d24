import type { MemberId } from "../../../platform/http/scope.ts";
import type { Language } from "../../../platform/i18n/words.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { Camera, Meeting, Plan, RoomKind, Series, Session } from "../types.ts";

export type Person = { readonly id: MemberId; readonly name: string };

/** Who of a meeting's facilitators can't that day, or who leads it besides them. */
export type Cover = { readonly memberId: MemberId; readonly kind: "covers" | "absent" };

/** Who leads one meeting, and who of its group's facilitators said that she can't. */
export type Leading = { readonly leaders: readonly Person[]; readonly absent: readonly Person[] };

/** A facilitator of now; without a day she has not been trained yet. */
export type Facilitator = Person & { readonly trainedOn: Temporal.PlainDate | undefined };

/** A group as somebody proposes it. */
export type Proposal = {
  readonly kind: string;
  readonly language: Language;
  readonly about: string | undefined;
  readonly plan: Plan;
  readonly seats: number;
  readonly camera: Camera;
  readonly partners: boolean;
  readonly room: RoomKind;
  /** Of a room of one's own (`link`); undefined keeps the one that is kept already. */
  readonly address: string | undefined;
  readonly facilitators: readonly MemberId[];
};

/** What a coordinator would like to be otherwise. */
export type Answer = { readonly said: string; readonly by: string | undefined; readonly at: Instant };

/** A group as those see it who look after it. */
export type Kept = {
  readonly series: Series;
  readonly proposedBy: Person | undefined;
  readonly answers: readonly Answer[];
  /** The address of its own room is kept, sealed. */
  readonly hasAddress: boolean;
};

/** Where a group stands: `waits` for a coordinator's yes; `back` with those who proposed it. */
export type Standing = "waits" | "back" | "meets" | "ended";

/** What a proposal lacks before a coordinator can say yes. */
export type Lack = { readonly lacks: "second" } | { readonly lacks: "training" | "role"; readonly name: string } | { readonly lacks: "meetings" } | { readonly lacks: "room"; readonly most: number };

/** A meeting to come with who leads it. `wanted`: fewer than two do. */
export type Coming = Meeting & Leading & { readonly wanted: boolean };

/** What a wall time is on one day of a zone: it may not exist as the clocks go forward, or come twice as they go back. */
export type OnTheClock = "once" | "skipped" | "twice";

/** What is on somebody's desk of groups at `now`. */
export type Evenings = {
  /** Meetings that run or come within four weeks, cancelled ones left out: hers, or for a coordinator all. */
  readonly hers: readonly Coming[];
  readonly all: readonly Coming[];
  /** Meetings that fewer than two lead, and that she could take. */
  readonly toCover: readonly Coming[];
  /** Groups that are proposed: for a coordinator all, else hers. */
  readonly proposals: readonly Kept[];
  readonly groups: readonly Series[];
  readonly trained: boolean;
};

/** A meeting that was written down, with who leads it. */
export type Written = Session & Leading;

/** What becomes of the meetings that were written down under another plan. */
export type PlanChange = { readonly moved: readonly { readonly from: Instant; readonly to: Instant }[]; readonly gone: readonly Instant[] };
