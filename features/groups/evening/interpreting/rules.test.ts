import { expect, test } from "vitest";
import { embeddedRooms } from "../../../../platform/rooms/embedded.ts";
import { janusRooms } from "../../../../platform/rooms/janus.ts";
import { linkedRooms } from "../../../../platform/rooms/link.ts";
import { liveKitRooms } from "../../../../platform/rooms/livekit.ts";
import type { MemberId } from "../../../../platform/http/scope.ts";
import { wallClock } from "../../../../platform/time/time.ts";
import type { SeatId, SessionId } from "../../types.ts";
import type { Guest, Leader } from "../types.ts";
import { voiceName } from "../voice/rules.ts";
import { bearsInterpreters, heardApart, interpretedIn, languages, listenersTo, otherThan, whispersOf } from "./rules.ts";

const session = "00000000-0000-4000-8000-000000000001" as SessionId;
const guest = (id: string, more: Partial<Guest> = {}): Guest => ({ id: id as SeatId, alias: id, where: "room", raisedAt: undefined, calledAt: undefined, turns: 0, passed: false, side: undefined, wantsTalk: false, marks: new Set(), into: undefined, hears: undefined, small: undefined, ...more });
const noor: Leader = { id: "noor" as MemberId, name: "Noor", visits: undefined, hears: "es" };
const name = (id: string) => voiceName(session, id);
const small = (room: number) => ({ room, since: Temporal.Instant.fromEpochMilliseconds(0) });
const aloud = new Set(["interprets", "interprets_aloud"] as const);

const [inés, rosa, late, kettle] = [guest("inés", { into: "es" }), guest("rosa", { hears: "es" }), guest("late", { where: "lobby", hears: "es" }), guest("kettle")];
const evening = (guests: readonly Guest[], leaders: readonly Leader[] = []) => ({ guests, leaders });

test("who interprets is heard by who listens to that language and is in the room, and by nobody else; aloud or in a talk alone, as everybody is; nobody hears herself", () => {
  expect(whispersOf(session, evening([inés, rosa, late, kettle]))).toEqual({ [name("inés")]: [name("rosa")] });
  expect(whispersOf(session, evening([inés, rosa, late, kettle], [noor]))).toEqual({ [name("inés")]: [name("rosa"), name("noor")] });
  expect(whispersOf(session, evening([inés, kettle], [{ ...noor, hears: undefined }])), "and by nobody where nobody listens").toEqual({ [name("inés")]: [] });
  for (const change of [{ marks: aloud }, { where: "side" }, { where: "lobby" }, { into: undefined }] as const) expect(whispersOf(session, evening([{ ...inés, ...change }, rosa])), JSON.stringify(change)).toEqual({});
  expect(whispersOf(session, evening([inés, guest("two", { into: "ht", hears: "es" }), rosa]))).toEqual({ [name("inés")]: [name("two"), name("rosa")], [name("two")]: [] });
});

test("who is here reads what is interpreted here and by whom, in a small room of that one alone", () => {
  const guests = [inés, guest("jean", { into: "ht" }), guest("eva", { into: "es" }), guest("ada", { into: "es", small: small(2) }), guest("gone", { into: "es", where: "left" }), guest("aside", { into: "es", where: "side" })];
  const read = (place: number | undefined) => interpretedIn({ guests }, place).map(({ into, by }) => [into, by.map(({ alias }) => alias)]);
  expect([read(undefined), read(2), read(1)]).toEqual([[["es", ["inés", "eva"]], ["ht", ["jean"]]], [["es", ["ada"]]], []]);
});

test("the group is soft behind whoever whispers in her language, where she is, and behind nobody else", () => {
  const guests = [inés, guest("eva", { into: "es", marks: aloud }), guest("jean", { into: "ht" }), guest("ada", { into: "es", small: small(2) })];
  expect([heardApart(session, { guests }, "es", undefined), heardApart(session, { guests }, "es", 2), heardApart(session, { guests }, undefined, undefined)]).toEqual([[name("inés")], [name("ada")], []]);
});

test("how many listen is counted of who is here, those who lead among them", () => expect(listenersTo(evening([inés, rosa, late, kettle], [noor]), "es").map((one) => one.name)).toEqual(["rosa", "Noor"]));

test("the language offered first is another than the group's", () => {
  expect([otherThan("en"), otherThan("es")]).toEqual(["es", "en"]);
  expect(new Set(languages).size).toBe(languages.length);
});

test("an interpreter is offered where the provider can do it, and nowhere else", () => {
  const providers = [embeddedRooms({ clock: wallClock }), janusRooms({ url: "ws://127.0.0.1:1", apiSecret: "none" }, wallClock), liveKitRooms({ url: "wss://media.example", api: "http://127.0.0.1:1", key: "key", secret: "secret" }, wallClock), linkedRooms(wallClock, () => Promise.resolve(undefined))];
  for (const { kind, whisper } of providers) expect(bearsInterpreters({ room: kind }), kind).toBe(whisper !== undefined);
});
