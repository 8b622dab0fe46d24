import type { MemberId } from "../http/scope.ts";
import type { Language } from "../i18n/words.ts";

/**
 * A call to members of staff, or to a member who asked for it, in both languages: discreet words, never anything that a parent wrote. `path` is a page of ours.
 * `forSeconds`: so long a device that is off is looked for. `stop`: a page of ours that ends such letters without signing in; `end` says so before its link.
 */
export type Call = Readonly<Record<Language, { readonly title: string; readonly body: string; readonly end?: string }>> & {
  readonly path: string;
  readonly forSeconds?: number;
  readonly stop?: string;
  /** Somebody is needed now: by text, too, to who gave her number. Everything else comes by push and letter alone. */
  readonly byText?: true;
};

/** Sends a call to these members by every way that each has set up. What cannot be delivered is the sender's to log, not the caller's to mend. */
export type Notify = (memberIds: readonly MemberId[], message: Call) => Promise<void>;

/** `sent`: by one way at least it left this program. `failed`: she has ways, and none took it. `no_way`: she has set none up. */
export type Reached = "sent" | "failed" | "no_way";

/** The same to one member, for who must know whether it left. */
export type Reach = (memberId: MemberId, message: Call) => Promise<Reached>;
