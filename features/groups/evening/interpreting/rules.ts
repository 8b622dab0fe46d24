import type { Whispers } from "../../../../platform/rooms/provider.ts";
import type { Series, SessionId } from "../../types.ts";
import { isIn } from "../rules.ts";
import type { Evening, Guest } from "../types.ts";
import { voiceName } from "../voice/rules.ts";

/** Only where voices are routed one by one can some be heard by a few alone; a server that mixes sends everybody the same. */
export const bearsInterpreters = ({ room }: Pick<Series, "room">): boolean => room === "embedded";

/** Does she interpret now for those who listen, and not aloud for all? */
export const whispers = ({ marks }: Pick<Guest, "marks">): boolean => marks.has("interprets") && !marks.has("interprets_aloud");

/** Who interprets in the room, in whatever way. */
export const interpretersIn = ({ guests }: Pick<Evening, "guests">): Guest[] => guests.filter((guest) => isIn(guest) && guest.marks.has("interprets"));

/** Who listens to those who interpret. */
export const listenersIn = ({ guests }: Pick<Evening, "guests">): Guest[] => guests.filter((guest) => isIn(guest) && guest.marks.has("hears_interpreter"));

/** Whose voices reach whom alone, as the room calls them. */
export const whispersOf = (session: SessionId, evening: Pick<Evening, "guests">): Whispers =>
  Object.fromEntries(interpretersIn(evening).filter(whispers).map(({ id }) => [voiceName(session, id), listenersIn(evening).filter((one) => one.id !== id).map((one) => voiceName(session, one.id))]));
