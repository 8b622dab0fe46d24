import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import { choosePictures, type Slots } from "../rules.ts";
import type { Gateway } from "./gateway.ts";
import { firstPartOf, nameOfFirstPart } from "./rules.ts";

/** How many cameras may be on in one room at a time; whoever has hers off sees them all. */
export const mostCameras = 6;

/** What a seat's browser is sent, and what of hers is sent to others: each a connection of its own. */
type Watching = { readonly handle: number; slots: Slots; isOpen: boolean; switched: Promise<unknown> };
type Showing = { readonly feed: number; readonly mid: string; handle: number | undefined; isOn: boolean };

export type Hearing = {
  /** A seat's camera came on, or went off. */
  camera(seat: string, on: boolean): void;
  /** What each of this seat's slots carries now. */
  slots(seat: string, slots: Slots): void;
  /** This seat's slots are to be answered anew: a camera that broke off took one of them with it. */
  offer(seat: string, offer: string): void;
  /** Who this seat may see now, if their cameras are on. */
  seen(seat: string): readonly string[];
};

/** Thrown where as many cameras are on as the room bears. */
export class TooManyCameras extends Error {}

/**
 * The pictures of one room, by the VideoRoom of the Janus whose AudioBridge mixes its voices. Each browser holds one connection of six
 * empty slots, and one more while her camera is on; who is in which slot is switched here and by nobody else. Janus's room never gets more
 * of a browser's offer than its first part, and that must be a picture.
 */
export type Pictures = {
  /** Six slots for this seat, as an offer that its browser answers by `answered`. */
  offerTo(seat: string): Promise<string>;
  answered(seat: string, answer: string): Promise<void>;
  /** Her camera's offer in, Janus's answer out. */
  show(seat: string, offer: string): Promise<string>;
  hide(seat: string): Promise<void>;
  /** Resolves when everybody is sent what `seen` says, and nothing else. */
  route(): Promise<void>;
  /** This seat's browser is gone: her picture is nobody's any more, and she sees nobody. */
  end(seat: string): Promise<void>;
  close(): Promise<void>;
};

const plugin = "janus.plugin.videoroom";
const participants = z.tuple([z.object({ id: z.number() })]);
const bitsPerSecond = 180_000;
const noSlots: Slots = Array.from({ length: mostCameras }, () => undefined);

/** Makes the room. Throws where this Janus has no VideoRoom. */
export async function openPictures(janus: Gateway, hearing: Hearing): Promise<Pictures> {
  const watching = new Map<string, Watching>();
  const showing = new Map<string, Showing>();
  const [room, secret, pin] = [randomInt(1, 2 ** 47), randomBytes(18).toString("base64url"), randomBytes(18).toString("base64url")];
  const desk = await janus.attach(plugin, () => undefined);
  // A publisher that never sends is what an empty slot carries.
  const create = { request: "create", room, secret, pin, is_private: true, permanent: false, publishers: mostCameras + 1, videocodec: "vp8", dummy_publisher: true, dummy_streams: [{ codec: "vp8" }] };
  await janus.ask(desk, { ...create, bitrate: bitsPerSecond, bitrate_cap: true, record: false, lock_record: true });
  const nobody = await nobodysFeed();

  async function nobodysFeed(): Promise<{ feed: number; mid: string }> {
    const { plugindata } = await janus.ask(desk, { request: "listparticipants", room, secret });
    const [dummy] = participants.parse(plugindata?.data["participants"]);
    return { feed: dummy.id, mid: "0" };
  }
  const feedOf = (seat: string | undefined): { feed: number; mid: string } => (seat === undefined ? undefined : showing.get(seat)) ?? nobody;

  async function offerTo(seat: string): Promise<string> {
    const handle = await janus.attach(plugin, ({ janus: what }) => hear(seat, handle, what));
    watching.set(seat, { handle, slots: noSlots, isOpen: false, switched: Promise.resolve() });
    const { jsep } = await janus.ask(handle, { request: "join", ptype: "subscriber", room, pin, autoupdate: false, streams: noSlots.map(() => nobody) });
    if (!jsep) throw new Error("Janus offered no pictures.");
    return jsep.sdp;
  }
  function hear(seat: string, handle: number, what: string): void {
    const one = watching.get(seat);
    if (one?.handle !== handle) return;
    if (what === "hangup") void stopWatching(seat);
    if (what !== "webrtcup") return;
    one.isOpen = true;
    void route();
  }
  async function stopWatching(seat: string): Promise<void> {
    const one = watching.get(seat);
    if (!one) return;
    watching.delete(seat);
    hearing.slots(seat, noSlots);
    await janus.detach(one.handle).catch(() => undefined);
  }

  async function show(seat: string, offer: string): Promise<string> {
    await hide(seat);
    if (showing.size >= mostCameras) throw new TooManyCameras();
    const one: Showing = { feed: randomInt(1, 2 ** 47), mid: nameOfFirstPart(offer), handle: undefined, isOn: false };
    showing.set(seat, one);
    try {
      const answer = await publish(seat, one, offer);
      // Ended while the answer was made: her picture must not come after it.
      if (showing.get(seat) !== one) throw new Error("This camera is over.");
      return answer;
    } catch (error) {
      if (showing.get(seat) === one) showing.delete(seat);
      if (one.handle !== undefined) await janus.detach(one.handle).catch(() => undefined);
      throw error;
    }
  }
  async function publish(seat: string, one: Showing, offer: string): Promise<string> {
    const part = firstPartOf(offer);
    if (!/^m=video /m.test(part)) throw new Error("A camera's offer is a picture.");
    one.handle = await janus.attach(plugin, ({ janus: what }) => {
      if (showing.get(seat) !== one) return;
      if (what === "hangup") void hide(seat);
      if (what === "webrtcup") comesOn(seat, one);
    });
    await janus.ask(one.handle, { request: "join", ptype: "publisher", room, pin, id: one.feed });
    const { jsep } = await janus.ask(one.handle, { request: "publish" }, { type: "offer", sdp: part });
    if (!jsep) throw new Error("Janus answered no picture.");
    return jsep.sdp;
  }
  function comesOn(seat: string, one: Showing): void {
    one.isOn = true;
    hearing.camera(seat, true);
    void route();
  }
  async function hide(seat: string): Promise<void> {
    const one = showing.get(seat);
    if (!one) return;
    showing.delete(seat);
    if (one.isOn) hearing.camera(seat, false);
    await route();
    if (one.handle !== undefined) await janus.detach(one.handle).catch(() => undefined);
  }

  async function route(): Promise<void> {
    await Promise.all([...watching].map(([seat, one]) => give(seat, one)));
  }
  async function give(seat: string, one: Watching): Promise<void> {
    if (!one.isOpen) return;
    const next = choosePictures(one.slots, hearing.seen(seat).filter((other) => showing.get(other)?.isOn));
    const streams = next.flatMap((other, at) => (other === one.slots[at] ? [] : [{ feed: feedOf(other).feed, mid: feedOf(other).mid, sub_mid: String(at) }]));
    if (streams.length > 0) {
      one.slots = next;
      hearing.slots(seat, next);
      // Rather no picture than one that she may not see.
      one.switched = janus.ask(one.handle, { request: "switch", streams }).then(
        ({ jsep }) => void (jsep && hearing.offer(seat, jsep.sdp)),
        () => stopWatching(seat),
      );
    }
    await one.switched;
  }

  return {
    offerTo,
    async answered(seat, answer) {
      const one = watching.get(seat);
      if (one) await janus.ask(one.handle, { request: "start" }, { type: "answer", sdp: answer });
    },
    show,
    hide,
    route,
    async end(seat) {
      await Promise.all([hide(seat), stopWatching(seat)]);
    },
    async close() {
      await janus.ask(desk, { request: "destroy", room, secret, permanent: false });
      await janus.detach(desk);
    },
  };
}

