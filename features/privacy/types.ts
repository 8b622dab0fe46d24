/** The classes of all that the program keeps: each table of the database belongs to one. The order is that of the pages. */
export const classIds = [
  "conversations", "callBacks", "concerns", "seats", "evenings",
  "account", "signIn", "posts", "choices", "reports", "consents",
  "desk", "looks", "notices", "calls", "log", "traces", "texts",
  "tips", "owners", "staff", "care",
  "breaches", "counts", "listings", "program",
] as const;
export type ClassId = (typeof classIds)[number];

/** Who may read it here, or carries it for us. */
export type Receiver = "volunteers" | "supervisors" | "moderators" | "facilitators" | "coordinators" | "members" | "group" | "yourself" | "carriers" | "everyone" | "program";

/** Whom it is about: `you` is whoever seeks support here. */
export type About = "you" | "staff" | "owner" | "nobody";

/** GDPR, art. 6 and 9 in four words: she agreed; a life may depend on it; this place can't be run without it; it is about nobody. */
export type Basis = "consent" | "vital" | "interest" | "none";

export type DataClass = {
  readonly about: About;
  /** Whose words it comes from. */
  readonly from: "you" | "both" | "us" | "others";
  readonly basis: Basis;
  readonly receivers: readonly Receiver[];
  /** Sealed with a key of its own, in whole or where words stand in it. */
  readonly sealed: boolean;
};

/** Every number that decides how long something is kept, as the program's own rules and the network's settings have it. Its name says the unit. */
export type Clocks = {
  readonly conversationDays: number;
  readonly silentDays: number;
  readonly contactDays: number;
  readonly auditDays: number;
  readonly originHours: number;
  readonly attendanceDays: number;
  readonly seatContactHours: number;
  readonly seatAskedHours: number;
  readonly eveningHours: number;
  readonly reportDays: number;
  readonly endedDays: number;
  readonly versionDays: number;
  readonly draftDays: number;
  readonly signalDays: number;
  readonly careDays: number;
  readonly noteHours: number;
  readonly offerDays: number;
  readonly linkDays: number;
  readonly askDays: number;
  readonly textDays: number;
};
