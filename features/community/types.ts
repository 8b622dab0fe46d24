import type { MemberId } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

export type SpaceId = string & { readonly spaceId: unique symbol };
export type TopicId = string & { readonly topicId: unique symbol };
export type PostId = string & { readonly postId: unique symbol };
export type PictureId = string & { readonly pictureId: unique symbol };

/** Every post is read before others see it; only those of newcomers are; or all are shown at once and looked at after. */
export const spaceModes = ["read_first", "held_for_new", "watch"] as const;
export type SpaceMode = (typeof spaceModes)[number];

export type InBoth = Readonly<Record<Language, string>>;

export type Pause = { readonly reason: InBoth; readonly until: Instant };

export type Space = {
  readonly id: SpaceId;
  readonly language: Language | "both";
  readonly name: InBoth;
  readonly about: InBoth;
  /** What its members say that they share; undefined: it is for everyone. */
  readonly shared: InBoth | undefined;
  readonly mode: SpaceMode;
  /** Posts in it may show pictures. */
  readonly pictures: boolean;
  /** Nothing is written in it until then, and why. */
  readonly pause: Pause | undefined;
  /** She who asks is in it. */
  readonly joined: boolean;
  /** She offered to answer in it. */
  readonly offers: boolean;
};

/** What an author may say that her topic speaks of, so that each reader decides whether to unfold it. */
export const contentNotes = ["birth", "loss", "self_harm", "violence", "thoughts"] as const;
export type ContentNote = (typeof contentNotes)[number];

export type Topic = {
  readonly id: TopicId;
  readonly spaceId: SpaceId;
  readonly title: string;
  readonly language: Language;
  readonly note: ContentNote | undefined;
  readonly madeAt: Instant;
  readonly shownAt: Instant | undefined;
  readonly lastAt: Instant;
  readonly replies: number;
};

/** `asked`: its author was asked to change it. `withdrawn`: she took it back. `erased`: nothing of it is left. */
export type PostState = "held" | "shown" | "asked" | "removed" | "withdrawn" | "erased";
/** Why a post waits: its space reads all first; she is new; it has a way to reach her in it; pictures come with it; a moderator held it. */
export const heldReasons = ["read_first", "new", "contact", "picture", "moderator"] as const;
export type HeldReason = (typeof heldReasons)[number];

/** What a moderator may decide of a post. */
export const decisions = ["approve", "ask_to_change", "remove", "hold", "put_back"] as const;
export type Decision = (typeof decisions)[number];

export const warmKinds = ["me_too", "thank_you", "sitting_with_you"] as const;
export type WarmKind = (typeof warmKinds)[number];

/** A picture that stands with a post, without its bytes. */
export type Picture = { readonly id: PictureId; /** In its author's words, for who does not see it or asks before she looks. */ readonly shows: string; readonly width: number; readonly height: number; readonly bytes: number };

export type Post = {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly seq: number;
  readonly opening: boolean;
  /** The handle or the alias that it is shown under; undefined where its author left. */
  readonly by: string | undefined;
  /** She reads it who wrote it. */
  readonly own: boolean;
  readonly unnamed: boolean;
  readonly words: string;
  readonly pictures: readonly Picture[];
  readonly language: Language;
  readonly state: PostState;
  readonly heldFor: readonly HeldReason[];
  readonly quotes: { readonly id: PostId; readonly by: string | undefined; readonly words: string } | undefined;
  readonly writtenAt: Instant;
  readonly editedAt: Instant | undefined;
  /** In which order it came to be read by others; 0: it did not. */
  readonly shownNumber: number;
  /** What others did without words, each kind once: no totals. */
  readonly warm: ReadonlySet<WarmKind>;
  /** What she herself did. */
  readonly hers: ReadonlySet<WarmKind>;
};

/** Somebody in the community, as she is known there. */
export type Handle = { readonly memberId: MemberId; readonly name: string };
