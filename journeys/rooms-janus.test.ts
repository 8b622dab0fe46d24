import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { janusRooms } from "../platform/rooms/janus.ts";
import { isRefusal, type Joined } from "../platform/rooms/provider.ts";
import { wallClock } from "../platform/time/time.ts";
import { janusIsHere, startJanus } from "./janus.ts";
import { forged, isKeptFromOthers, sentBy, storm } from "./rooms-storm.ts";
import { type Guest, openRoomStreet, type RoomStreet, sees } from "./rooms-street.ts";

const soon = { timeout: 15_000, interval: 100 };

/** What of the mix has come to her: packets, and the energy heard. */
const mixOf = async (guest: Guest) => (await guest.received()).voices.at(-1) ?? { packets: 0, energy: 0 };

async function hearsSomebody(guest: Guest): Promise<void> {
  const before = await mixOf(guest);
  await expect.poll(async () => (await mixOf(guest)).energy > before.energy + 0.001, soon).toBe(true);
}

/** Packets of silence may come; nothing that can be heard does, while others go on. */
async function hearsNobody(guest: Guest, meanwhile: () => Promise<void>): Promise<void> {
  const quiet = await mixOf(guest);
  await expect.poll(async () => (await mixOf(guest)).packets > quiet.packets + 25, soon).toBe(true);
  await meanwhile();
  const before = await mixOf(guest);
  await meanwhile();
  expect((await mixOf(guest)).energy - before.energy).toBeLessThan(0.001);
}

/**
 * This count stands still while `meanwhile` goes on elsewhere. What was already under way may come in the first of it:
 * a browser that has no core for a moment reads its packets late.
 */
async function standsStill(count: () => Promise<number>, meanwhile: () => Promise<void>): Promise<void> {
  await meanwhile();
  const before = await count();
  await meanwhile();
  expect(await count()).toBe(before);
}

/** The packets of pictures that came to her, in these slots. */
const picturesOf = async (guest: Guest, isCounted: (slot: number) => boolean = () => true) => (await guest.received()).pictures.reduce((sum, { packets }, slot) => sum + (isCounted(slot) ? packets : 0), 0);

/** No slot of hers is this seat's, and the free ones stay as they are while others' go on. */
async function isUnseen(guest: Guest, seat: string, meanwhile: () => Promise<void>): Promise<void> {
  await expect.poll(async () => (await guest.received()).slots.pictures, soon).not.toContain(seat);
  const taken = (await guest.received()).slots.pictures;
  await isBlind(guest, meanwhile, (slot) => taken[slot] === null);
}

/** No picture comes to her any more, in any of these slots, while `meanwhile` goes on elsewhere. */
async function isBlind(guest: Guest, meanwhile: () => Promise<void>, isCounted?: (slot: number) => boolean): Promise<void> {
  await standsStill(() => picturesOf(guest, isCounted), meanwhile);
}

/** An offer as a browser makes it, of one voice or one picture. */
const offerOf = (kind: "audio" | "video") => `(async () => {
  const connection = new RTCPeerConnection();
  connection.addTransceiver("${kind}", { direction: "sendrecv" });
  return (await connection.createOffer()).sdp;
})()`;

/** Her browser keeps its connections, whatever it is told. */
const clings = "connections.forEach((one) => { one.close = () => undefined; })";

describe.skipIf(!janusIsHere)("rooms on a Janus", () => {
  let started: Awaited<ReturnType<typeof startJanus>>;
  let street: RoomStreet;
  let rooms: ReturnType<typeof janusRooms>;
  let ana: Guest;
  let bea: Guest;
  let cal: Guest;

  beforeAll(async () => {
    started = await startJanus();
    rooms = janusRooms({ url: started.url, apiSecret: "of-this-test" }, wallClock);
    street = await openRoomStreet(rooms);
  });
  afterAll(async () => {
    await street.close();
    started.stop();
  });

  test("three hear each other mixed, and it is known who is there and who talks", async () => {
    // Each comes to a door that nobody has opened yet, all at once.
    const comesFirst = async (seat: string, as: "facilitator" | "member") => {
      await street.open("tuesday", "off");
      return street.enters("tuesday", seat, { as });
    };
    [ana, bea, cal] = await Promise.all([comesFirst("ana", "facilitator"), comesFirst("bea", "member"), comesFirst("cal", "member")]);
    await Promise.all([hearsSomebody(ana), hearsSomebody(bea), hearsSomebody(cal)]);
    expect(rooms.present("tuesday").map(({ seat }) => seat).toSorted()).toEqual(["ana", "bea", "cal"]);
    await expect.poll(() => rooms.talkTime("tuesday").size > 0 && [...rooms.talkTime("tuesday").values()].some((seconds) => seconds > 0), soon).toBe(true);
  });

  test("in a side room two hear each other, and the third hears nobody", async () => {
    await rooms.moveToSide("tuesday", ["ana", "bea"], "kitchen");
    await hearsNobody(cal, async () => {
      await Promise.all([hearsSomebody(ana), hearsSomebody(bea)]);
    });
    await rooms.moveToSide("tuesday", ["ana", "bea"], undefined);
    await hearsSomebody(cal);
  });

  test("who is muted by the server is heard by nobody", async () => {
    await rooms.muteSeat("tuesday", "bea", true);
    await rooms.muteSeat("tuesday", "cal", true);
    await hearsNobody(ana, () => hearsSomebody(bea));
    await rooms.muteSeat("tuesday", "bea", false);
    await hearsSomebody(ana);
  });

  test("a revoked seat is out, and neither its token nor the room's list lets it in again", async () => {
    await bea.act(clings);
    await rooms.revokeSeat("tuesday", "bea");
    await rooms.muteSeat("tuesday", "cal", false);
    await standsStill(async () => (await mixOf(bea)).packets, () => hearsSomebody(ana));
    expect(await rooms.join(bea.token, "v=0")).toEqual({ refused: "unknown" });
    expect(rooms.present("tuesday").map(({ seat }) => seat).toSorted()).toEqual(["ana", "cal"]);
  });

  test("a second device ends the first, and a closed room is over for everybody", async () => {
    const second = await street.enters("tuesday", "cal", { token: cal.token });
    await expect.poll(() => street.events, soon).toContainEqual({ room: "tuesday", seat: "cal", kind: "went", why: "replaced" });
    await hearsSomebody(second);
    await rooms.closeRoom("tuesday");
    expect(await rooms.join(ana.token, "v=0")).toEqual({ refused: "unknown" });
    expect(street.events).toContainEqual({ room: "tuesday", seat: "ana", kind: "went", why: "closed" });
    expect(rooms.present("tuesday")).toEqual([]);
  });

  test("who has a camera on is seen by all in the room, and a camera is off for all when its owner says so", async () => {
    await street.goHome();
    await street.open("friday", "welcome");
    [ana, bea, cal] = await Promise.all([street.enters("friday", "ana", { as: "facilitator", camera: true }), street.enters("friday", "bea", { camera: true }), street.enters("friday", "cal")]);
    await Promise.all([sees(ana, [bea]), sees(bea, [ana]), sees(cal, [ana, bea])]);
    expect(rooms.present("friday").map(({ seat, camera }) => [seat, camera]).toSorted()).toEqual([["ana", true], ["bea", true], ["cal", false]]);
    await cal.act("room.setCamera(true)");
    await Promise.all([sees(ana, [bea, cal]), sees(bea, [ana, cal])]);
    expect(await cal.told()).toContainEqual({ kind: "camera", camera: "on" });
    await bea.act("room.setCamera(false)");
    await isUnseen(ana, "bea", () => sees(ana, [cal]));
    await bea.act("room.setCamera(true)");
    await Promise.all([sees(ana, [bea, cal]), sees(cal, [ana, bea])]);
  });

  test("between a browser and Janus all is kept from others by DTLS 1.2 and by ciphers that still hold", async () => {
    await isKeptFromOthers(ana);
  });

  test("packets that nobody in the room sent, broken or forged in her name, are seen by nobody and disturb nobody", async () => {
    const pictureOf = async () => {
      const { pictures, slots } = await cal.received();
      return pictures[slots.pictures.indexOf("ana")]?.packets ?? 0;
    };
    const [sent, seen] = [await sentBy(ana, "video"), await pictureOf()];
    await storm(ana, 500);
    const more = (await pictureOf()) - seen;
    // What was on its way before may come after, and some once more.
    expect(more).toBeLessThan((await sentBy(ana, "video")) - sent + forged / 3);
    await Promise.all([sees(ana, [bea, cal]), sees(cal, [ana, bea]), hearsSomebody(ana), hearsSomebody(cal)]);
    expect(street.events.filter(({ kind }) => kind === "lost")).toEqual([]);
  });

  test("a camera that breaks off without a word is nobody's picture, and its slot is the next one's", async () => {
    await bea.act("connections.at(-1).close()");
    await isUnseen(ana, "bea", () => sees(ana, [cal]));
    await bea.act("room.setCamera(false).then(() => room.setCamera(true))");
    await Promise.all([sees(ana, [bea, cal]), sees(cal, [ana, bea])]);
  });

  test("in a side room two see each other, and the third gets not one frame of theirs", async () => {
    await rooms.moveToSide("friday", ["ana", "bea"], "kitchen");
    await isBlind(cal, async () => {
      await Promise.all([sees(ana, [bea]), sees(bea, [ana])]);
    });
    await isUnseen(ana, "cal", () => sees(ana, [bea]));
    await rooms.moveToSide("friday", ["ana", "bea"], undefined);
    await Promise.all([sees(cal, [ana, bea]), sees(ana, [bea, cal])]);
  });

  test("who is muted, who talks and what became of her room each is told, though no channel goes to her browser", async () => {
    await rooms.muteSeat("friday", "cal", true);
    await expect.poll(() => cal.told(), soon).toContainEqual({ kind: "muted", muted: true });
    await rooms.muteSeat("friday", "cal", false);
    await expect.poll(async () => (await ana.told()).some((one) => one.kind === "talking" && (one["seats"] as string[]).length > 0), soon).toBe(true);
    expect((await ana.told()).filter(({ kind }) => kind === "talking").every((one) => !(one["seats"] as string[]).includes("ana"))).toBe(true);
  });

  test("a listener sees, and no camera of hers is taken", async () => {
    const dee = await street.enters("friday", "dee", { as: "listener", microphone: false });
    await sees(dee, [ana, bea, cal]);
    expect(await dee.act("room.setCamera(true)")).toBe(false);
    await expect.poll(() => dee.told(), soon).toContainEqual({ kind: "camera", camera: "unwelcome" });
    await dee.act("room.leave()");
    await expect.poll(() => street.events, soon).toContainEqual({ room: "friday", seat: "dee", kind: "went", why: "left" });
  });

  test("a second device ends the first with its picture, and its pass does nothing any more", async () => {
    const second = await street.enters("friday", "cal", { token: cal.token });
    await expect.poll(() => cal.told(), soon).toContainEqual({ kind: "ended", why: "replaced" });
    expect(await cal.act("connections.every(({ connectionState }) => connectionState === 'closed')")).toBe(true);
    expect(await rooms.post(cal.pass, { kind: "camera", offer: "v=0" })).toEqual({ refused: "removed" });
    await sees(second, [ana, bea]);
    await isUnseen(ana, "cal", () => sees(ana, [bea]));
    cal = second;
  });

  test("who is removed is seen by nobody from then on and sees nobody", async () => {
    await bea.act(clings);
    await rooms.revokeSeat("friday", "bea");
    await expect.poll(() => bea.told(), soon).toContainEqual({ kind: "ended", why: "removed" });
    await isUnseen(cal, "bea", () => sees(cal, [ana]));
    await isBlind(bea, () => sees(cal, [ana]));
    expect(await rooms.post(bea.pass, { kind: "camera", offer: "v=0" })).toEqual({ refused: "removed" });
    expect(await rooms.post(bea.pass, { kind: "watch", answer: "v=0" })).toEqual({ refused: "removed" });
  });

  test("a camera is refused where the group has none, whatever a browser sends", async () => {
    await street.open("saturday", "off");
    const [honest, bold] = await Promise.all([street.enters("saturday", "honest"), street.enters("saturday", "bold", { camera: true, forced: true })]);
    await expect.poll(() => bold.told(), soon).toContainEqual({ kind: "camera", camera: "unwelcome" });
    const offer = String(await bold.act(offerOf("video")));
    expect(offer).toContain("m=video");
    expect(await rooms.post(bold.pass, { kind: "camera", offer })).toEqual({ refused: "unwelcome" });
    expect(await rooms.post("another", { kind: "camera", offer })).toEqual({ refused: "unknown" });
    await hearsSomebody(honest);
    expect(await honest.act("room.pictures.length")).toBe(0);
    expect(rooms.present("saturday").every(({ camera }) => !camera)).toBe(true);
    await rooms.closeRoom("saturday");
  });

  test("a seventh camera is one too many until another is off, and what is no picture is no camera", async () => {
    await rooms.closeRoom("friday");
    await expect.poll(() => ana.told(), soon).toContainEqual({ kind: "ended", why: "closed" });
    await street.open("sunday", "welcome");
    const passes: string[] = [];
    for (let at = 0; at < 7; at++) {
      const joined = await rooms.join(await street.tokenFor("sunday", `seat ${at}`), String(await ana.act(offerOf("audio"))));
      if (!isRefusal<Joined>(joined)) passes.push(joined.pass ?? "");
    }
    const [first = "", last = ""] = [passes[0], passes[6]];
    const camera = String(await ana.act(offerOf("video")));
    for (const pass of passes.slice(0, 6)) expect(await rooms.post(pass, { kind: "camera", offer: camera })).toHaveProperty("answer");
    expect(await rooms.post(last, { kind: "camera", offer: camera })).toEqual({ refused: "full" });
    await rooms.post(first, { kind: "camera", offer: null });
    expect(await rooms.post(last, { kind: "camera", offer: String(await ana.act(offerOf("audio"))) })).toEqual({ refused: "unreadable" });
    expect(await rooms.post(last, { kind: "camera", offer: camera })).toHaveProperty("answer");
    await rooms.closeRoom("sunday");
  });

  test("when Janus dies the rooms are lost, and it is said", async () => {
    await street.open("wednesday", "off");
    started.kill();
    await expect.poll(() => street.events, soon).toContainEqual({ room: "wednesday", kind: "lost" });
    await expect(street.open("thursday", "off")).rejects.toThrow("Janus cannot be reached.");
  });
});

test.skipIf(!janusIsHere)("a Janus without a VideoRoom carries its groups' voices, takes no camera, and it is written down", async () => {
  const logged: string[] = [];
  const janus = await startJanus("of-this-test", ["videoroom"]);
  const rooms = janusRooms({ url: janus.url, apiSecret: "of-this-test" }, wallClock, { log: (line) => logged.push(line) });
  const street = await openRoomStreet(rooms);
  await street.open("tuesday", "welcome");
  const [ana, bea] = await Promise.all([street.enters("tuesday", "ana", { camera: true }), street.enters("tuesday", "bea")]);
  await Promise.all([hearsSomebody(ana), hearsSomebody(bea)]);
  await expect.poll(() => ana.told(), soon).toContainEqual({ kind: "camera", camera: "unwelcome" });
  expect(logged).toEqual(["This Janus has no VideoRoom: its groups have voices and no pictures."]);
  await street.close();
  janus.stop();
});
