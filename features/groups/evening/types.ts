import type { Door } from "../../../platform/http/room.ts";
import type { MemberId, SeatScope, StaffScope } from "../../../platform/http/scope.ts";
import type { Instant } from "../../../platform/time/time.ts";
import type { SeatId, SessionId } from "../types.ts";

/** Where somebody with a seat is: on her way, in the lobby, in the room, alone with a facilitator, gone. */
export type Whereabouts = "away" | "lobby" | "room" | "side" | "left";

/**
 * What stands of her for this evening. `muted`: a facilitator turned her microphone off, and she has not turned it on again.
 * `reads_captions`: she turned them on. `writes_captions`: a facilitator asked her to type them. `interprets`: a facilitator asked her to; who listens to her
 * hears her, and nobody else does. `interprets_aloud`: as long as she speaks to all. `hears_interpreter`: she listens to who interprets.
 */
export type Mark = "muted" | "reads_captions" | "writes_captions" | "interprets" | "interprets_aloud" | "hears_interpreter";

/** One seat as the evening sees it: the alias and nothing else of her. */
export type Guest = {
  readonly id: SeatId;
  readonly alias: string;
  readonly where: Whereabouts;
  readonly raisedAt: Instant | undefined;
  readonly calledAt: Instant | undefined;
  readonly turns: number;
  readonly passed: boolean;
  /** She asked for a talk alone, or is in one; with whom, once it began. */
  readonly side: { readonly askedByMember: boolean; readonly began: boolean; readonly with: MemberId | undefined } | undefined;
  /** She said that she wants to talk as she leaves. */
  readonly wantsTalk: boolean;
  readonly marks: ReadonlySet<Mark>;
  /** The language that she interprets into, and the one that she listens to (ISO 639). */
  readonly into: string | undefined;
  readonly hears: string | undefined;
  /** In which small room she is, and since when; undefined with the group. */
  readonly small: { readonly room: number; readonly since: Instant } | undefined;
};

/** A facilitator who is here now. `visits`: a small room. `hears`: the language of an interpreter whom she listens to. */
export type Leader = { readonly id: MemberId; readonly name: string; readonly visits: number | undefined; readonly hears: string | undefined };

/** `closed`: before it or after it. `lobby`: it waits for its facilitators. `open`: the room is open. `over`: it ended. */
export type RoomState = "closed" | "lobby" | "open" | "over";

/** A line of the circle, or a note to the facilitators. */
export type Line = { readonly seq: number; readonly seat: SeatId | undefined; readonly name: string; readonly byLeader: boolean; readonly toLeaders: boolean; /** The small room that it was written in. */ readonly small: number | undefined; readonly words: string; readonly at: Instant };

/** For whom a line is. `captions`: who reads along what is said. */
export type LineFor = "group" | "leaders" | "captions";

/** What was said, typed by a person. */
export type Caption = { readonly seq: number; readonly small: number | undefined; readonly words: string };

export type Evening = {
  readonly state: RoomState;
  readonly leaders: readonly Leader[];
  readonly guests: readonly Guest[];
};

/** How an act of the evening is mounted, at its path: the voices follow what it changes, and her page stays where scripts run. */
export type Acts = {
  /** Of those who lead; that they act says that they are here. */
  readonly leader: (path: string, work: (c: Door, id: SessionId, scope: StaffScope) => Promise<unknown>) => void;
  /** Of who has a seat, as often as a hand does. */
  readonly seat: (path: string, work: (c: Door, scope: SeatScope) => Promise<unknown>) => void;
};
