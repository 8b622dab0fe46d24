import { expect, test } from "vitest";
import { embeddedRooms } from "../../../../platform/rooms/embedded.ts";
import { linkedRooms } from "../../../../platform/rooms/link.ts";
import { wallClock } from "../../../../platform/time/time.ts";
import type { SeatId, SessionId } from "../../types.ts";
import type { Guest, Mark } from "../types.ts";
import { voiceName } from "../voice/rules.ts";
import { bearsInterpreters, whispersOf } from "./rules.ts";

const session = "00000000-0000-4000-8000-000000000001" as SessionId;
const guest = (id: string, where: Guest["where"], ...marks: Mark[]): Guest => ({ id: id as SeatId, alias: id, where, raisedAt: undefined, calledAt: undefined, turns: 0, passed: false, side: undefined, wantsTalk: false, marks: new Set(marks), small: undefined });
const name = (id: string) => voiceName(session, id);

test("who interprets is heard by who listens and is in the room, and by nobody else; aloud, by all; and nobody by herself", () => {
  const guests = [guest("inés", "room", "interprets"), guest("rosa", "room", "hears_interpreter"), guest("late", "lobby", "hears_interpreter"), guest("kettle", "room")];
  expect(whispersOf(session, { guests })).toEqual({ [name("inés")]: [name("rosa")] });
  expect(whispersOf(session, { guests: [guest("inés", "room", "interprets", "interprets_aloud"), ...guests.slice(1)] })).toEqual({});
  expect(whispersOf(session, { guests: [guest("inés", "lobby", "interprets"), ...guests.slice(1)] })).toEqual({});
  expect(whispersOf(session, { guests: [guest("inés", "room", "interprets"), guest("two", "room", "interprets", "hears_interpreter")] })).toEqual({ [name("inés")]: [name("two")], [name("two")]: [] });
  expect(whispersOf(session, { guests: [guest("kettle", "room"), guest("left", "room", "interprets_aloud")] })).toEqual({});
});

test("an interpreter is offered where the provider can do it, and nowhere else", async () => {
  const providers = [embeddedRooms({ clock: wallClock }), linkedRooms(wallClock, () => Promise.resolve(undefined))];
  for (const { kind, whisper } of providers) expect(bearsInterpreters({ room: kind }), kind).toBe(whisper !== undefined);
  expect([bearsInterpreters({ room: "janus" }), bearsInterpreters({ room: "livekit" })]).toEqual([false, false]);
});
