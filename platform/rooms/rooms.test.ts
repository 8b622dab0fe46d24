import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { RoomEvent, SeatAsked } from "./provider.ts";
import { onceEach } from "./opening.ts";
import { roll } from "./roll.ts";
import { choosePictures } from "./rules.ts";
import { seatBook } from "./seats.ts";
import { turnServers } from "./turn.ts";

const at = (time: string) => Temporal.Instant.from(`2026-11-27T${time}:00Z`);
const seat: SeatAsked = { room: "tuesday", seat: "blue", as: "member", from: at("19:45"), until: at("21:30") };

function bookAt(time: string) {
  let now = at(time);
  return { book: seatBook(() => now), goTo: (later: string) => void (now = at(later)) };
}

test("a token opens its seat from the first minute of its window to the last, and no longer", () => {
  const { book, goTo } = bookAt("19:44");
  const token = String(book.issue(seat));
  expect(book.seatOf(token)).toEqual({ refused: "early" });
  goTo("19:45");
  expect(book.seatOf(token)).toEqual(seat);
  goTo("21:29");
  expect(book.seatOf(token)).toEqual(seat);
  goTo("21:30");
  expect(book.seatOf(token)).toEqual({ refused: "late" });
});

test("a token that was never given opens nothing", () => {
  const { book } = bookAt("20:00");
  const token = String(book.issue(seat));
  expect(book.seatOf(`${token}x`)).toEqual({ refused: "unknown" });
  expect(book.seatOf("")).toEqual({ refused: "unknown" });
});

test("a revoked seat's tokens are dead, it gets no other, and its neighbour's still opens", () => {
  const { book } = bookAt("20:00");
  const tokens = [book.issue(seat), book.issue(seat)].map(String);
  const neighbour = String(book.issue({ ...seat, seat: "green" }));
  book.revoke("tuesday", "blue");
  expect(tokens.map((token) => book.seatOf(token))).toEqual([{ refused: "unknown" }, { refused: "unknown" }]);
  expect(book.issue(seat)).toEqual({ refused: "removed" });
  expect(book.seatOf(neighbour)).toMatchObject({ seat: "green" });
});

test("a closed room's tokens are dead, and another room's are not", () => {
  const { book } = bookAt("20:00");
  const token = String(book.issue(seat));
  const other = String(book.issue({ ...seat, room: "thursday" }));
  book.closeRoom("tuesday");
  expect(book.seatOf(token)).toEqual({ refused: "unknown" });
  expect(book.seatOf(other)).toMatchObject({ room: "thursday" });
});

test("one seat has at most twenty tokens: the oldest goes, and no other seat's", () => {
  const { book } = bookAt("20:00");
  const neighbour = String(book.issue({ ...seat, seat: "green" }));
  const tokens = Array.from({ length: 25 }, () => String(book.issue(seat)));
  expect(tokens.map((token) => "refused" in book.seatOf(token))).toEqual([...Array(5).fill(true), ...Array(20).fill(false)]);
  expect(book.seatOf(neighbour)).toMatchObject({ seat: "green" });
});

test("the roll knows who is inside, how each is, and how long each has talked", () => {
  let now = 0;
  const events = roll(() => now);
  const heard: RoomEvent[] = [];
  const stop = events.subscribe((event) => heard.push(event));
  const tell = (event: Omit<Extract<RoomEvent, { on: boolean }>, "room" | "seat">, name = "blue") => events.tell({ room: "tuesday", seat: name, ...event });
  events.tell({ room: "tuesday", seat: "blue", kind: "came" });
  tell({ kind: "talking", on: true });
  now = 4000;
  expect(events.talkTime("tuesday").get("blue")).toBe(4);
  tell({ kind: "talking", on: false });
  now = 9000;
  tell({ kind: "camera", on: true });
  events.tell({ room: "tuesday", seat: "blue", kind: "side", side: "quiet" });
  expect(events.present("tuesday")).toEqual([{ seat: "blue", camera: true, microphone: false, talking: false, muted: false, side: "quiet" }]);
  events.tell({ room: "tuesday", seat: "blue", kind: "went", why: "left" });
  expect(events.present("tuesday")).toEqual([]);
  expect(events.talkTime("tuesday").get("blue")).toBe(4);
  stop();
  events.tell({ room: "tuesday", kind: "lost" });
  expect(heard.map(({ kind }) => kind)).toEqual(["came", "talking", "talking", "camera", "side", "went"]);
});

test("who talks when the media fail stops talking there", () => {
  let now = 0;
  const events = roll(() => now);
  events.tell({ room: "tuesday", seat: "blue", kind: "came" });
  events.tell({ room: "tuesday", seat: "blue", kind: "talking", on: true });
  now = 2000;
  events.tell({ room: "tuesday", kind: "lost" });
  now = 60_000;
  expect(events.talkTime("tuesday").get("blue")).toBe(2);
  expect(events.present("tuesday")).toEqual([]);
});

test("the relay's password is coturn's for a name that expires, and no two browsers share one", () => {
  const place = { host: "relay.example", secret: "s3cret" };
  const [server] = turnServers(place, () => at("20:00"));
  const [other] = turnServers(place, () => at("20:00"));
  expect(server?.urls).toEqual(["turn:relay.example:3478?transport=udp", "turn:relay.example:3478?transport=tcp", "turns:relay.example:443?transport=tcp"]);
  const [expiry, random] = (server?.username ?? "").split(":");
  expect(Number(expiry)).toBe(at("20:00").epochMilliseconds / 1000 + 4 * 3600);
  expect(random).toMatch(/^[\w-]{12}$/);
  expect(server?.credential).toBe(createHmac("sha1", "s3cret").update(server?.username ?? "").digest("base64"));
  expect(other?.username).not.toBe(server?.username);
});

test("pictures keep their slots while others come and go", () => {
  const slots = [undefined, undefined, undefined, undefined];
  expect(choosePictures(slots, ["ana", "bea"])).toEqual(["ana", "bea", undefined, undefined]);
  expect(choosePictures(["ana", "bea", "cal", undefined], ["cal", "dee", "bea"])).toEqual(["dee", "bea", "cal", undefined]);
});

test("a room whose door three find shut at once is opened once for all of them, and can be opened again later", async () => {
  const once = onceEach();
  let opened = 0;
  const open = async () => {
    await Promise.resolve();
    opened += 1;
  };
  await Promise.all([once("tuesday", open), once("tuesday", open), once("tuesday", open), once("friday", open)]);
  expect(opened).toBe(2);
  await once("tuesday", open);
  expect(opened).toBe(3);
});
