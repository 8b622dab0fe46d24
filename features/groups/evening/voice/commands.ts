import type { House } from "../../../../platform/http/house.ts";
import type { SeatScope, StaffScope } from "../../../../platform/http/scope.ts";
import type { PostAnswer, Posted } from "../../../../platform/rooms/channel.ts";
import { isRefusal, type As, type Entry, type Joined, type Refusal, type RoomProvider, type Whispers } from "../../../../platform/rooms/provider.ts";
import { roomsOf } from "../../../../platform/rooms/rooms.ts";
import { meetingById } from "../../find/queries.ts";
import { lobbyMinutes, overtimeMinutes } from "../../seats/rules.ts";
import { leadersOfSession } from "../../series/queries.ts";
import { leadersNeeded } from "../../series/rules.ts";
import type { Meeting, SeatId, SessionId } from "../../types.ts";
import { inEvening, isInside, markSeats, type EveningHouse } from "../commands.ts";
import { eveningOf } from "../queries.ts";
import { isIn } from "../rules.ts";
import { whispers, whispersOf } from "../interpreting/rules.ts";
import type { Guest } from "../types.ts";
import { voiceName, voiceSteps } from "./rules.ts";

/** What another process of the program decided holds here after so long. */
const lookEveryMs = 3000;

const providerOf = (house: House, { series }: Meeting): RoomProvider => roomsOf(house.rooms, series.room);

/** The one server besides us that a page of this meeting connects to. */
export const mediaOrigin = (house: House, meeting: Meeting): string | undefined => providerOf(house, meeting).origin;

type Ticket = { readonly provider: RoomProvider; readonly token: string };
const shut = { refused: "closed" } as const;

/** Opens the room where it is not, and gives this seat its own secret. Nothing for who is not in the room by its rows. */
async function ticketFor(house: House, session: SessionId, who: { readonly id: string; readonly as: As }): Promise<Ticket | Refusal> {
  const meeting = await meetingById(house.db, session);
  if (!meeting) return shut;
  const evening = await eveningOf(house.db, meeting.session, house.now());
  const inside = who.as === "facilitator" || isInside(evening, who.id);
  if (evening.state !== "open" || !inside) return shut;
  const provider = providerOf(house, meeting);
  const { starts, ends } = meeting.session;
  await provider.openRoom(session, { cameras: meeting.series.camera === "off" ? "off" : "welcome", seats: Math.min(provider.bears, meeting.session.seats + leadersNeeded) });
  // Before she is in: nobody hears for a moment what is for few.
  await followVoices(house, session);
  const token = await provider.seatToken({ room: session, seat: voiceName(session, who.id), as: who.as, from: starts.subtract({ minutes: lobbyMinutes }), until: ends.add({ minutes: overtimeMinutes }) });
  return typeof token === "string" ? { provider, token } : token;
}

/** How she comes in by voice: through us, or by another program, whose address is for her alone. */
export async function voiceEntry(house: House, session: SessionId, who: { readonly id: string; readonly as: As }): Promise<Entry | Refusal> {
  const ticket = await ticketFor(house, session, who);
  return isRefusal<Ticket>(ticket) ? ticket : ticket.provider.entry(ticket.token);
}

/** Her browser's offer in, the room's answer out, or how to go on with another server's client; then she is where the evening has her. */
export async function joinVoice(house: House, session: SessionId, who: { readonly id: string; readonly as: As }, offer: string): Promise<Joined | Entry | Refusal> {
  const ticket = await ticketFor(house, session, who);
  if (isRefusal<Ticket>(ticket)) return ticket;
  openHere.set(house, (openHere.get(house) ?? new Set()).add(session));
  const entry = await ticket.provider.entry(ticket.token);
  if (!isRefusal<Entry>(entry) && entry.kind === "livekit") return entry;
  const joined = await ticket.provider.join(ticket.token, offer);
  await followVoices(house, session);
  return joined;
}

/** What a browser inside says and asks, where no data channel carries it. */
export async function postByVoice(house: House, session: SessionId, pass: string, posted: Posted): Promise<PostAnswer | Refusal> {
  const meeting = await meetingById(house.db, session);
  return meeting ? providerOf(house, meeting).post(pass, posted) : shut;
}

/** What each room was told last of who is heard by few. */
const whispered = new WeakMap<House, Map<SessionId, Whispers>>();

/** What is under way for each room. */
const following = new WeakMap<House, Map<SessionId, Promise<void>>>();

/**
 * Brings the voices of a room to where its rows have them. Safe to run again and again; one after the other, each with the rows as they are
 * by then, so that what was true a moment ago never comes last.
 */
export function followVoices(house: House, session: SessionId): Promise<void> {
  const rooms = following.get(house) ?? new Map<SessionId, Promise<void>>();
  following.set(house, rooms);
  const now = (rooms.get(session) ?? Promise.resolve()).catch(() => undefined).then(() => follow(house, session));
  const kept: Promise<void> = now.finally(() => rooms.get(session) === kept && rooms.delete(session));
  rooms.set(session, kept);
  return kept;
}

async function follow(house: House, session: SessionId): Promise<void> {
  const meeting = await meetingById(house.db, session);
  if (!meeting) return;
  const provider = providerOf(house, meeting);
  const present = provider.present(session);
  const [evening, leaders] = await Promise.all([eveningOf(house.db, meeting.session, house.now()), leadersOfSession(house.db, session, house.now())]);
  const [before, now] = [whispered.get(house)?.get(session) ?? {}, whispersOf(session, evening)];
  // A whisper ends last: whoever is muted, taken aside or out with it is not heard by all before that.
  if (evening.state === "open") await provider.whisper?.(session, { ...before, ...now });
  for (const step of voiceSteps(session, evening, present, leaders)) {
    if (step.do === "close") {
      openHere.get(house)?.delete(session);
      whispered.get(house)?.delete(session);
      await provider.closeRoom(session);
    }
    else if (step.do === "mute") await provider.muteSeat(session, step.seat, step.muted);
    else if (step.do === "kick") await provider.kick(session, step.seat);
    else await provider.moveToSide(session, step.seats, step.side);
  }
  if (evening.state !== "open") return;
  await provider.whisper?.(session, now);
  whispered.set(house, (whispered.get(house) ?? new Map<SessionId, Whispers>()).set(session, now));
}

/** Rooms whose voices came in by this process; another one cannot end what is embedded here. */
const openHere = new WeakMap<House, Set<SessionId>>();

/** Brings the voices of every room of this process to where the rows are now, whichever process changed them. */
export async function followAllVoices(house: House): Promise<void> {
  for (const session of openHere.get(house) ?? []) await followVoices(house, session);
}

/** Whoever comes in by voice is at once where her rows have her: aside, if she went aside before she had a voice. Answers how to stop looking. */
export function watchVoices(house: House, failed: (error: unknown) => void): () => void {
  const stops = Object.values(house.rooms).map((provider) => provider.subscribe(({ kind, room }) => void (kind === "came" && followVoices(house, room as SessionId).catch(failed))));
  const looking = setInterval(() => void followAllVoices(house).catch(failed), lookEveryMs);
  return () => {
    clearInterval(looking);
    for (const stop of stops) stop();
  };
}

/** Out for good: no token of this seat opens anything again. */
export async function removeVoice(house: House, session: SessionId, seat: SeatId): Promise<void> {
  const meeting = await meetingById(house.db, session);
  if (meeting) await providerOf(house, meeting).revokeSeat(session, voiceName(session, seat));
}

/** Turns the microphone of these off, or of all who speak with the group. No microphone is ever turned on by another than its owner. */
export const muteGuests = async (house: EveningHouse, session: SessionId, seats: readonly SeatId[] | "all"): Promise<void> => {
  await inEvening(house, session, async (act, { id }, { guests }) => {
    const whom = guests.filter((guest) => (seats === "all" ? guest.where === "room" && guest.small === undefined && !whispers(guest) : isIn(guest) && seats.includes(guest.id)));
    await markSeats(act, id, whom.map((guest) => guest.id), "muted", true);
  });
};

/** She speaks again, when she likes. */
export const unmute = async (house: EveningHouse, { seatId, sessionId }: SeatScope): Promise<void> => {
  await inEvening(house, sessionId as SessionId, (act, { id }) => markSeats(act, id, [seatId], "muted", false));
};

/** How much of the talk was each seat's, 0 to 1; in memory alone, and for the facilitators. Who interprets says what others said: hers is none of it. */
export function talkShare(house: House, meeting: Meeting, guests: readonly Guest[]): ReadonlyMap<SeatId, number> {
  const nameOf = ({ id }: Guest): string => voiceName(meeting.session.id, id);
  const time = new Map(providerOf(house, meeting).talkTime(meeting.session.id));
  const speak = guests.filter(({ into }) => into === undefined);
  for (const one of guests) if (!speak.includes(one)) time.delete(nameOf(one));
  const all = [...time.values()].reduce((sum, seconds) => sum + seconds, 0);
  return new Map(all === 0 ? [] : speak.map((one) => [one.id, (time.get(nameOf(one)) ?? 0) / all]));
}

export const seatVoice = ({ seatId }: SeatScope, listening: boolean) => ({ id: seatId, as: listening ? ("listener" as const) : ("member" as const) });
export const leaderVoice = ({ member }: StaffScope) => ({ id: member.memberId as string, as: "facilitator" as const });
