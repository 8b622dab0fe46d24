import { expect, test } from "vitest";
import type { Presence } from "../../../../platform/rooms/provider.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import type { SeatId, SessionId } from "../../types.ts";
import type { Evening, Guest, Mark } from "../types.ts";
import { voiceName, voiceSteps } from "./rules.ts";

const session = "00000000-0000-4000-8000-000000000001" as SessionId;
const guest = (id: string, where: Guest["where"], side?: Guest["side"], ...marks: Mark[]): Guest => ({ id: id as SeatId, alias: id, where, raisedAt: undefined, calledAt: undefined, turns: 0, passed: false, side, wantsTalk: false, marks: new Set(marks), into: undefined, hears: undefined, small: undefined });
const voice = (id: string, side?: string, muted = false): Presence => ({ seat: voiceName(session, id), camera: false, microphone: true, talking: false, muted, side });
const evening = (guests: readonly Guest[], state: Evening["state"] = "open"): Evening => ({ state, leaders: [], guests });
const noor = "noor" as MemberId;

test("an evening that is not open has no voices", () => expect(voiceSteps(session, evening([guest("a", "lobby")], "lobby"), [voice("a")], [])).toEqual([{ do: "close" }]));

test("who is not in the room by its rows is out of it by voice; facilitators stay", () =>
  expect(voiceSteps(session, evening([guest("a", "room"), guest("b", "lobby")]), [voice("a"), voice("b"), voice("stranger"), voice("noor")], [noor])).toEqual([
    { do: "kick", seat: voiceName(session, "b") },
    { do: "kick", seat: voiceName(session, "stranger") },
  ]));

test("who went aside is aside with her facilitator, and comes back with her; done once, nothing is left to do", () => {
  const aside = evening([guest("a", "side", { askedByMember: true, began: true, with: noor }), guest("b", "room")]);
  const side = `side ${voiceName(session, "a")}`;
  expect(voiceSteps(session, aside, [voice("a"), voice("b"), voice("noor")], [noor])).toEqual([{ do: "side", seats: [voiceName(session, "a"), voiceName(session, "noor")], side }]);
  expect(voiceSteps(session, aside, [voice("a", side), voice("b"), voice("noor", side)], [noor])).toEqual([]);
  expect(voiceSteps(session, evening([guest("a", "room"), guest("b", "room")]), [voice("a", side), voice("b"), voice("noor", side)], [noor])).toEqual([{ do: "side", seats: [voiceName(session, "a"), voiceName(session, "noor")], side: undefined }]);
});

test("whom a facilitator muted is heard by nobody until she unmutes herself; done once, nothing is left to do", () => {
  const [quiet, again] = [evening([guest("a", "room", undefined, "muted"), guest("b", "room")]), evening([guest("a", "room"), guest("b", "room")])];
  const step = (muted: boolean) => ({ do: "mute", seat: voiceName(session, "a"), muted });
  expect(voiceSteps(session, quiet, [voice("a"), voice("b"), voice("noor")], [noor])).toEqual([step(true)]);
  expect(voiceSteps(session, quiet, [voice("a", undefined, true), voice("b"), voice("noor")], [noor])).toEqual([]);
  expect(voiceSteps(session, again, [voice("a", undefined, true), voice("b")], [noor])).toEqual([step(false)]);
});

test("who is in a small room, and a facilitator who visits, hear each other alone; a talk alone goes before it", () => {
  const small = (room: number) => ({ small: { room, since: Temporal.Instant.fromEpochMilliseconds(0) } });
  const split: Evening = { ...evening([{ ...guest("a", "room"), ...small(1) }, { ...guest("b", "room"), ...small(2) }, guest("c", "room")]), leaders: [{ id: noor, name: "Noor", visits: 2, hears: undefined }] };
  const all = ["a", "b", "c", "noor"];
  const steps = voiceSteps(session, split, all.map((id) => voice(id)), [noor]);
  const [one, two] = ["small 1", "small 2"];
  expect(steps).toEqual([
    { do: "side", seats: [voiceName(session, "a")], side: one },
    { do: "side", seats: [voiceName(session, "b"), voiceName(session, "noor")], side: two },
  ]);
  expect(voiceSteps(session, split, [voice("a", one), voice("b", two), voice("c"), voice("noor", two)], [noor])).toEqual([]);
  const alone: Evening = { ...split, guests: [{ ...guest("a", "side", { askedByMember: true, began: true, with: noor }), ...small(1) }] };
  const side = `side ${voiceName(session, "a")}`;
  expect(voiceSteps(session, alone, [voice("a", one), voice("noor", two)], [noor])).toEqual([{ do: "side", seats: [voiceName(session, "a"), voiceName(session, "noor")], side }]);
  expect(voiceSteps(session, evening([guest("a", "room")]), [voice("a", one)], [noor])).toEqual([{ do: "side", seats: [voiceName(session, "a")], side: undefined }]);
});
