import type { Whispers } from "../../../../platform/rooms/provider.ts";
import type { Series, SessionId } from "../../types.ts";
import { isIn } from "../rules.ts";
import type { Evening, Guest } from "../types.ts";
import { voiceName } from "../voice/rules.ts";

/** What is interpreted into: spoken at home by many in the United States, by voice. */
export const languages = ["en", "es", "zh", "vi", "tl", "ar", "ko", "ru", "fr", "ht", "pt", "hi", "so", "am", "hmn"] as const;
export type Interpreted = (typeof languages)[number];

/** Which is asked for most in a group of this language. */
export const otherThan = (language: string): Interpreted => (language === "en" ? "es" : "en");

/** Only where voices are routed one by one can some be heard by a few alone; a server that mixes sends everybody the same. */
export const bearsInterpreters = ({ room }: Pick<Series, "room">): boolean => room === "embedded";

/** Does she interpret now for those who listen, and not aloud for all? In a talk alone she speaks as everybody does. */
export const whispers = ({ into, marks, where }: Pick<Guest, "into" | "marks" | "where">): boolean => into !== undefined && where === "room" && !marks.has("interprets_aloud");

/** Who interprets in the room, in whatever way. */
export const interpretersIn = ({ guests }: Pick<Evening, "guests">): Guest[] => guests.filter((guest) => isIn(guest) && guest.into !== undefined);

/** Who listens to this language: who is in the room, and who leads and is here. */
export const listenersTo = ({ guests, leaders }: Pick<Evening, "guests" | "leaders">, into: string): { readonly id: string; readonly name: string }[] => [
  ...guests.filter((guest) => isIn(guest) && guest.hears === into).map(({ id, alias }) => ({ id, name: alias })),
  ...leaders.filter(({ hears }) => hears === into).map(({ id, name }) => ({ id, name })),
];

export type Place = number | undefined;

/** Each language that is interpreted in this small room, or with the group, and who does it. */
export function interpretedIn(evening: Pick<Evening, "guests">, place: Place): { readonly into: string; readonly by: readonly Guest[] }[] {
  const here = interpretersIn(evening).filter(({ where, small }) => where === "room" && small?.room === place);
  return [...Map.groupBy(here, ({ into }) => into ?? "")].map(([into, by]) => ({ into, by }));
}

/** Whom she hears before the group now, as the room calls them. */
export const heardApart = (session: SessionId, evening: Pick<Evening, "guests">, hears: string | undefined, place: Place): string[] =>
  interpretedIn(evening, place).filter(({ into }) => into === hears).flatMap(({ by }) => by.filter(whispers).map(({ id }) => voiceName(session, id)));

/** Whose voices reach whom alone, as the room calls them. */
export const whispersOf = (session: SessionId, evening: Pick<Evening, "guests" | "leaders">): Whispers =>
  Object.fromEntries(interpretersIn(evening).filter(whispers).map(({ id, into }) => [voiceName(session, id), listenersTo(evening, into ?? "").filter((one) => one.id !== id).map((one) => voiceName(session, one.id))]));
