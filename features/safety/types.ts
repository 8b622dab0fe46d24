import type { Database } from "../../platform/db/database.ts";
import type { MemberId, ModeratorScope } from "../../platform/http/scope.ts";
import type { Language } from "../../platform/i18n/words.ts";
import type { Instant } from "../../platform/time/time.ts";

/** Two capital letters (ISO 3166) of a place whose numbers we hold. */
export type Country = string & { readonly country: unique symbol };

/** How sure a number is: two sources or the line's own page (`high`), one public list (`medium`), an old or lone mention (`low`). */
export type Confidence = "high" | "medium" | "low";

/** Where to text, and the word to send first, where one is needed. */
export type TextTo = { readonly to: string; readonly word?: string };

/** Weekdays from `days[0]` to `days[1]` (1 is Monday), in the local time of the line. */
export type LineHours = { readonly days: readonly [number, number]; readonly from: string; readonly to: string };

export type LineNote =
  | "noteUs988"
  | "notePsi"
  | "noteMaternal"
  | "noteReplyHours"
  | "noteGroupsOnSite"
  | "noteNhs"
  | "noteMidwives"
  | "noteLoss"
  | "noteFrance"
  | "noteWashington"
  | "notePsiWorld"
  | "noteFind";

/** One line that a person can call, text or visit. */
export type Line = {
  readonly name: string;
  /** `crisis` lines are for danger; the others are for talking. */
  readonly kind: "crisis" | "perinatal" | "warmline";
  /** A part of its country, where it is for that part alone. */
  readonly region?: string;
  readonly phone?: string;
  readonly text?: TextTo;
  readonly textIn?: Partial<Record<Language, TextTo>>;
  readonly url?: string;
  /** Absent: nobody has confirmed them. */
  readonly hours?: "always" | readonly LineHours[];
  /** Codes of languages. */
  readonly languages: readonly string[];
  readonly interpreters?: boolean;
  readonly note?: LineNote;
  readonly source: string;
  readonly seenOn: string;
  readonly confidence: Confidence;
};

/** A line with the countries in which its number works ("XX": a directory for the whole world). */
export type LineRow = Line & { readonly country: string; readonly alsoIn?: readonly string[] };

/** How a line of our list stands by now, for who looks after it. Of one that nobody has changed there is none. */
export type Standing = {
  /** It closed, or was taken out. */
  readonly gone: boolean;
  /** People could not reach it, and nobody has looked yet. */
  readonly doubted: boolean;
  /** Its numbers, as they are written now. */
  readonly numbers: readonly string[];
  /** The first of them that is for calling. */
  readonly call: string | undefined;
};
export type Standings = ReadonlyMap<LineRow, Standing>;

/** A country's numbers as two sources give them; `disputed` where those differ on the ambulance. */
export type EmergencyRow = {
  readonly country: string;
  readonly ambulance: readonly string[];
  readonly police: readonly string[];
  readonly fire: readonly string[];
  readonly fallback: string;
  readonly agreedByBoth: readonly string[];
  readonly secondSource: readonly string[];
  readonly confidence: "high" | "disputed";
};

export type Emergency = {
  /** What to dial for an ambulance, the best first. */
  readonly ambulance: readonly string[];
  /** False where the sources disagree: the page then says to ask locally. */
  readonly certain: boolean;
  readonly police: readonly string[];
  readonly fire: readonly string[];
};

/** Everything that a country's page shows. */
export type Help = {
  /** Undefined for a place that we hold no numbers of. */
  readonly country: Country | undefined;
  readonly emergency: Emergency;
  readonly crisis: readonly Line[];
  /** For parents: lines to talk, not for danger. */
  readonly parents: readonly Line[];
  /** Directories that know lines of other places. */
  readonly elsewhere: readonly Line[];
};

export type CaseId = string & { readonly caseId: unique symbol };
export type DecisionId = string & { readonly decisionId: unique symbol };

/** What a case of the safety desk can be about. */
export const subjectKinds = ["post", "group", "concern", "listing"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Kinds that are acted on in their own room: the desk shows that they wait, and hears from the room what was done. */
export const kindsInRooms = ["group", "concern", "listing"] as const;
export type KindInRoom = (typeof kindsInRooms)[number];

/** What a room did: a concern was closed; a second person read a note; somebody looked at a listing; two listings became one; its time was over unread. */
export const settlements = ["closed", "read", "confirmed", "corrected", "removed", "not_so", "merged", "gone"] as const;
export type Settlement = (typeof settlements)[number];

/** Why something is on the desk. An appeal is added by the desk itself. */
export const caseReasons = ["held", "report", "signal", "edited", "unanswered", "concern", "appeal"] as const;
export type CaseReason = (typeof caseReasons)[number];

/** 0 is read before all else, 3 when there is time. */
export type Priority = 0 | 1 | 2 | 3;

export const decisions = ["approve", "ask_to_change", "remove", "hold", "put_back"] as const;
export type Decision = (typeof decisions)[number];

/** The rules of the community, each with its sentence in `desk/words` (`rule_…`). Whatever is removed names one. */
export const ruleIds = ["kind", "nobody_named", "no_method", "no_contact", "own_doctor", "nothing_sold", "no_hate", "no_sexual", "other_place"] as const;
export type RuleId = (typeof ruleIds)[number];

export const strikeKinds = ["note", "hold", "pause", "leave"] as const;
export type StrikeKind = (typeof strikeKinds)[number];

/** The name under which an author meets whoever decided. */
export type DeskRole = "moderator" | "supervisor";

export type DeskPicture = { readonly id: string; readonly shows: string; readonly width: number; readonly height: number; readonly bytes: number };

/** Something as it is shown on the desk, by the feature that it belongs to. */
export type DeskSubject = {
  /** The space or group that it stands in, by name. */
  readonly where: string;
  readonly title: string | undefined;
  readonly words: string;
  /** A handle or an alias, never a name behind it. */
  readonly by: string;
  /** Its state, in words. */
  readonly state: string;
  readonly at: Instant;
  readonly language: Language;
  /** What stands before it in its thread, the oldest first. */
  readonly before: readonly { readonly by: string; readonly words: string; readonly at: Instant }[];
  /** The content notes that its author chose. */
  readonly notes: readonly string[];
  /** What stands with it; the desk asks for each one's bytes by its id. */
  readonly pictures: readonly DeskPicture[];
};

/** How something stands in the room that acts on it. Asked each time that it is shown and never kept, so that there is one truth. */
export type InItsRoom = {
  /** The page on which it is acted on. */
  readonly path: string;
  /** Which group, conversation or listing, in words that tell nothing private. */
  readonly where: string;
  /** How it stands there, in words. */
  readonly state: string;
  /** Only where the room itself knows who has it: by whom, and where "I have it" is said. Undefined: the desk's own claim counts. */
  readonly claim?: { readonly holder: { readonly memberId: MemberId; readonly name: string } | undefined; readonly takeAt: string };
};

/** How the desk asks other features for what a case is about. Undefined: it is gone. */
export type DeskPorts = {
  /** How those of these that are still there stand in their own rooms, by their ids. */
  readonly rooms?: Partial<Record<KindInRoom, (db: Database, scope: ModeratorScope, language: Language, ids: readonly string[]) => Promise<ReadonlyMap<string, InItsRoom>>>>;
  readonly subjects: Partial<Record<SubjectKind, (db: Database, scope: ModeratorScope, id: string) => Promise<DeskSubject | undefined>>>;
  /** A picture of it, a JPEG. Undefined: it is gone, or none of its. */
  readonly pictures?: Partial<Record<SubjectKind, (db: Database, scope: ModeratorScope, id: string, picture: string) => Promise<Uint8Array | undefined>>>;
  /** The name of who wrote without one. It is asked only for while a look at it is open, and each time is written down. */
  readonly nameBehind?: Partial<Record<SubjectKind, (db: Database, scope: ModeratorScope, id: string) => Promise<string | undefined>>>;
};

/** What other features add to have something looked at. */
export type OpenCase = {
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly reason: Exclude<CaseReason, "appeal">;
  readonly priority: Priority;
  /** Short codes, in no case anybody's words: the rules that matched, or what a report named. */
  readonly why: readonly string[];
  readonly reportId?: string | undefined;
  /** Whose it is; for what was written without a name its mark (`authorMark`) instead. */
  readonly authorId?: string | undefined;
  /** 32 bytes as hexadecimal digits. */
  readonly authorMark?: string | undefined;
};

/** What a room says of what it did with something of its own. */
export type Settled = { readonly subjectKind: KindInRoom; readonly subjectId: string; readonly how: Settlement; readonly by?: string | undefined };

/** What a decision tells the feature that the subject belongs to. Rule and words are read with `decisionOf`. */
export type Decided = { readonly decisionId: string; readonly subjectKind: SubjectKind; readonly subjectId: string; readonly decision: Decision };
