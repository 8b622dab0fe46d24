import { isDeepStrictEqual } from "node:util";
import type { FromBrowser, ToBrowser } from "../channel.ts";
import type { As, Cameras, Ending, RoomEvent, Whispers } from "../provider.ts";
import { answerTo, type Peer } from "./peer.ts";
import { choosePictures } from "../rules.ts";
import { chooseVoices, faded, forSure, isTalking, mostCameras, type Voice } from "./rules.ts";
import type { Place } from "./wire.ts";

/** What outlasts a seat's connection, so that coming in again undoes neither a mute nor a side room. */
type Standing = { muted: boolean; side: string | undefined };

/** A seat with a browser in it. `isHere`: its channel is open. Times are in ms of the process's own clock. */
type Inside = { readonly seat: string; readonly as: As; peer: Peer | undefined; isHere: boolean; heardAt: number; loudness: number; talking: boolean; microphone: boolean; camera: boolean; keyFrameAt: number };

const tickMs = 100;
const silenceMs = 20_000;
const keyFrameEveryMs = 500;

/** Named without the room, which the process adds. */
export type Happened = WithoutRoom<Exclude<RoomEvent, { kind: "lost" }>>;
type WithoutRoom<One> = One extends unknown ? Omit<One, "room"> : never;

/** One room's routing: who hears and sees whom. `tell` gets what happens in it. */
export class MediaRoom {
  readonly #inside = new Map<string, Inside>();
  readonly #standing = new Map<string, Standing>();
  #whispers: Whispers = {};
  readonly #cameras: Cameras;
  readonly #seats: number;
  readonly #place: Place;
  readonly #tell: (event: Happened) => void;
  readonly #ticking: NodeJS.Timeout;
  #tickedAt = performance.now();

  constructor(rules: { readonly cameras: Cameras; readonly seats: number }, place: Place, tell: (event: Happened) => void) {
    this.#cameras = rules.cameras;
    this.#seats = rules.seats;
    this.#place = place;
    this.#tell = tell;
    this.#ticking = setInterval(() => this.#tick(), tickMs);
  }

  /** Answers an offer and ends the seat's older device. */
  async join(seat: string, as: As, offer: string): Promise<{ readonly answer: string } | { readonly refused: "full" | "unreadable" }> {
    if (!this.#inside.has(seat) && this.#inside.size >= this.#seats) return { refused: "full" };
    this.end(seat, "replaced");
    const one: Inside = { seat, as, peer: undefined, isHere: false, heardAt: performance.now(), loudness: 0, talking: false, microphone: false, camera: false, keyFrameAt: 0 };
    this.#inside.set(seat, one);
    const speaks = as !== "listener";
    const welcome = this.#cameras === "welcome";
    const peer = await answerTo(offer, { microphone: speaks, camera: speaks && welcome, pictures: welcome }, this.#place, {
      voice: (packet, loudness) => {
        if (loudness !== undefined) one.loudness = Math.max(one.loudness, loudness);
        if (this.#isMuted(one)) return;
        for (const other of this.#inside.values()) for (const lane of other.peer?.voices ?? []) lane.pass(seat, packet, performance.now());
      },
      picture: (packet) => {
        for (const other of this.#inside.values()) for (const lane of other.peer?.pictures ?? []) lane.pass(seat, packet, performance.now());
      },
      said: (message) => this.#listen(one, message),
      gone: () => void this.#goes(one, "left"),
      keyFrameWanted: (lane) => this.#askKeyFrame(lane.seat),
    });
    if (!peer) {
      void this.#goes(one, "dropped");
      return { refused: "unreadable" };
    }
    one.peer = peer;
    // She may have been ended while the answer was made.
    if (this.#inside.get(seat) !== one) await peer.close();
    return { answer: peer.answer };
  }

  end(seat: string, why: Ending): void {
    const one = this.#inside.get(seat);
    if (one) void this.#goes(one, why);
  }

  mute(seat: string, muted: boolean): void {
    this.#stand(seat).muted = muted;
    const one = this.#inside.get(seat);
    if (one?.isHere) this.#muteChanged(one);
  }

  side(seats: readonly string[], side: string | undefined): void {
    for (const seat of seats) this.#stand(seat).side = side;
    this.#route();
    for (const one of this.#inside.values()) if (one.isHere && seats.includes(one.seat)) this.#sideChanged(one);
  }

  /** The same again, as the rows are looked at every few seconds, changes nothing and tells nobody. */
  whisper(whispers: Whispers): void {
    if (isDeepStrictEqual(whispers, this.#whispers)) return;
    this.#whispers = whispers;
    this.#route();
    this.#sayTalking();
  }

  /** Resolves when everybody has been told. */
  async close(): Promise<void> {
    clearInterval(this.#ticking);
    await Promise.all([...this.#inside.values()].map((one) => this.#goes(one, "closed")));
  }

  #stand(seat: string): Standing {
    const standing = this.#standing.get(seat) ?? { muted: false, side: undefined };
    this.#standing.set(seat, standing);
    return standing;
  }

  #isMuted = (one: Inside): boolean => this.#standing.get(one.seat)?.muted ?? false;
  #sideOf = (one: Inside): string | undefined => this.#standing.get(one.seat)?.side;

  #arrive(one: Inside): void {
    one.isHere = true;
    this.#tell({ seat: one.seat, kind: "came" });
    this.#route();
    if (this.#isMuted(one)) this.#muteChanged(one);
    if (this.#sideOf(one) !== undefined) this.#sideChanged(one);
    this.#sayCamera(one, "off");
  }

  async #goes(one: Inside, why: Ending): Promise<void> {
    if (this.#inside.get(one.seat) !== one) return;
    this.#inside.delete(one.seat);
    one.peer?.say({ kind: "ended", why });
    if (one.isHere) this.#tell({ seat: one.seat, kind: "went", why });
    this.#route();
    await one.peer?.close();
  }

  #muteChanged(one: Inside): void {
    const muted = this.#isMuted(one);
    one.peer?.say({ kind: "muted", muted });
    this.#tell({ seat: one.seat, kind: "muted", on: muted });
    this.#route();
  }

  #sideChanged(one: Inside): void {
    const side = this.#sideOf(one);
    one.peer?.say({ kind: "side", side: side ?? null });
    this.#tell({ seat: one.seat, kind: "side", side });
  }

  #listen(one: Inside, message: FromBrowser): void {
    if (this.#inside.get(one.seat) !== one) return;
    one.heardAt = performance.now();
    if (!one.isHere) this.#arrive(one);
    if (message.kind === "leave") void this.#goes(one, "left");
    if (message.kind === "camera") this.#switchCamera(one, message.on);
    if (message.kind !== "microphone" || one.as === "listener" || one.microphone === message.on) return;
    one.microphone = message.on;
    this.#tell({ seat: one.seat, kind: "microphone", on: message.on });
  }

  #switchCamera(one: Inside, on: boolean): void {
    if (on && (this.#cameras === "off" || one.as === "listener")) return this.#sayCamera(one, "unwelcome");
    const others = [...this.#inside.values()].filter((other) => other !== one && other.camera);
    if (on && others.length >= mostCameras) return this.#sayCamera(one, "full");
    this.#sayCamera(one, on ? "on" : "off");
    if (one.camera === on) return;
    one.camera = on;
    this.#tell({ seat: one.seat, kind: "camera", on });
    this.#route();
  }

  #sayCamera = (one: Inside, camera: Extract<ToBrowser, { kind: "camera" }>["camera"]): void => one.peer?.say({ kind: "camera", camera });

  #askKeyFrame(seat: string | undefined): void {
    const one = seat === undefined ? undefined : this.#inside.get(seat);
    const now = performance.now();
    if (!one || now - one.keyFrameAt < keyFrameEveryMs) return;
    one.keyFrameAt = now;
    one.peer?.askKeyFrame();
  }

  #with = (one: Inside): Inside[] => [...this.#inside.values()].filter((other) => other !== one && other.isHere && other.as !== "listener" && this.#sideOf(other) === this.#sideOf(one));
  #heardBy = (one: Inside): Inside[] => this.#with(one).filter(({ seat }) => this.#whispers[seat]?.includes(one.seat) ?? true);
  /** Who whispers to her has one of her slots for sure; the others are for who talks to all. */
  #voiceOf = ({ seat, loudness }: Inside): Voice => (this.#whispers[seat] ? forSure({ seat, loudness }) : { seat, loudness });

  /** Gives each browser's lanes to whom it is to hear and see. Called at once on every change, so that nobody hears a word too long. */
  #route(): void {
    for (const one of this.#inside.values()) {
      const { peer } = one;
      if (!peer || !one.isHere) continue;
      const others = this.#heardBy(one);
      const voices = chooseVoices(peer.voices.map(({ seat }) => seat), others.filter((other) => !this.#isMuted(other)).map((other) => this.#voiceOf(other)));
      const pictures = choosePictures(peer.pictures.map(({ seat }) => seat), this.#with(one).filter(({ camera }) => camera).map(({ seat }) => seat));
      const moved = [...peer.voices.map((lane, at) => [lane, voices[at]] as const), ...peer.pictures.map((lane, at) => [lane, pictures[at]] as const)].filter(([lane, seat]) => lane.seat !== seat);
      for (const [lane, seat] of moved) lane.give(seat);
      for (const [lane, seat] of moved) if (peer.pictures.includes(lane)) this.#askKeyFrame(seat);
      if (moved.length > 0) peer.say({ kind: "slots", voices: voices.map((seat) => seat ?? null), pictures: pictures.map((seat) => seat ?? null) });
    }
  }

  #tick(): void {
    const now = performance.now();
    const passed = now - this.#tickedAt;
    this.#tickedAt = now;
    let turned = false;
    for (const one of this.#inside.values()) {
      one.loudness = faded(one.loudness, passed);
      const talking = !this.#isMuted(one) && isTalking(one.talking, one.loudness);
      if (talking !== one.talking && one.isHere) {
        one.talking = talking;
        turned = true;
        this.#tell({ seat: one.seat, kind: "talking", on: talking });
      }
      if (now - one.heardAt > silenceMs) void this.#goes(one, "dropped");
      for (const lane of one.peer?.pictures ?? []) if (lane.isWaiting) this.#askKeyFrame(lane.seat);
    }
    this.#route();
    if (turned) this.#sayTalking();
  }

  /** Tells each who talks, of those she hears. */
  #sayTalking(): void {
    for (const one of this.#inside.values()) one.peer?.say({ kind: "talking", seats: this.#heardBy(one).filter(({ talking }) => talking).map(({ seat }) => seat) });
  }
}
