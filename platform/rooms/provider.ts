import type { Instant } from "../time/time.ts";
import type { PostAnswer, Posted } from "./channel.ts";

/** "off": the server lets no picture through, whatever a browser sends. "welcome": as many cameras as the provider bears, each switched on by its owner. */
export type Cameras = "off" | "welcome";

/** `seats`: how many may be inside at once. */
export type RoomRules = { readonly cameras: Cameras; readonly seats: number };

/** A listener is heard and seen by nobody, and is never asked for a microphone; everybody sees that she is there. */
export type As = "facilitator" | "member" | "listener";

/** `seat` is what the other browsers are told: a name of this room alone, nobody's id elsewhere. Good from `from` until just before `until`. */
export type SeatAsked = { readonly room: string; readonly seat: string; readonly as: As; readonly from: Instant; readonly until: Instant };

/**
 * Why a door stays shut. "unknown": no such token, or it is dead. "early", "late": outside its window. "removed": this seat was revoked.
 * "closed": the room is not open. "full": every seat is taken, or as many cameras are on as may be. "unwelcome": no camera of hers.
 * "unreadable": what the browser offered is no offer.
 * "elsewhere": this provider's media do not pass through us (see `entry`). "broken": the media failed; opening the room again mends it.
 */
export type Refusal = { readonly refused: "unknown" | "early" | "late" | "removed" | "closed" | "full" | "unwelcome" | "unreadable" | "elsewhere" | "broken" };
export const isRefusal = <T extends object>(answer: T | Refusal): answer is Refusal => "refused" in answer;

/** A STUN or TURN server, as RTCPeerConnection takes it. */
export type IceServer = { readonly urls: readonly string[]; readonly username?: string; readonly credential?: string };

/**
 * `answer`: the SDP for setRemoteDescription. `ice`: servers to set before setLocalDescription. Where the room has no data channel: `pass`,
 * by which this one device and no other posts its words, and in a room with cameras the offer of `pictures`.
 */
export type Joined = { readonly answer: string; readonly ice: readonly IceServer[]; readonly pass?: string; readonly pictures?: string };

/** How a browser comes in. "relayed": by `join`. "livekit": its client, with this address and token. "link": another program's page, for her alone. */
export type Entry = { readonly kind: "relayed" } | { readonly kind: "livekit"; readonly url: string; readonly token: string } | { readonly kind: "link"; readonly href: string };

/** "left": she went. "replaced": the same seat came in from another device. "removed": kicked or revoked. "closed": the room was. "dropped": her network or device fell silent. */
export type Ending = "left" | "replaced" | "removed" | "closed" | "dropped";

/** What happened in a room. "microphone" is her own switch, "muted" is ours. "lost": the media failed and nobody is inside any more. */
export type RoomEvent =
  | { readonly room: string; readonly seat: string; readonly kind: "came" }
  | { readonly room: string; readonly seat: string; readonly kind: "went"; readonly why: Ending }
  | { readonly room: string; readonly seat: string; readonly kind: "camera" | "microphone" | "talking" | "muted"; readonly on: boolean }
  | { readonly room: string; readonly seat: string; readonly kind: "side"; readonly side: string | undefined }
  | { readonly room: string; readonly kind: "lost" };

/** Seats that some alone hear, each with those who do. */
export type Whispers = Readonly<Record<string, readonly string[]>>;

/** One who is inside now. */
export type Presence = { readonly seat: string; readonly camera: boolean; readonly microphone: boolean; readonly talking: boolean; readonly muted: boolean; readonly side: string | undefined };

/**
 * Rooms of sound and picture for one meeting each. No provider of ours can record: none has a path for it.
 * Every act resolves when it holds, and does nothing where the room or seat isn't there; it throws only where the provider cannot be reached.
 */
export type RoomProvider = {
  readonly kind: "embedded" | "janus" | "livekit" | "link";
  /** So many people a room takes at most, those who lead it among them. */
  readonly bears: number;
  /** Where its browsers connect to besides us, as a policy of a page names it (`wss://media.example`). */
  readonly origin?: string;
  /** Opens a room, or changes nothing where it is open. Throws where the provider takes no such room (too many seats). */
  openRoom(room: string, rules: RoomRules): Promise<void>;
  /** A secret for one seat, to be given to its owner alone. One seat may have several; only one of its devices is ever inside. "removed" after a revocation. */
  seatToken(seat: SeatAsked): Promise<string | Refusal>;
  /** All tokens of the seat are dead for good, it gets no other while the room is open, and whoever sits there is out. */
  revokeSeat(room: string, seat: string): Promise<void>;
  /** Out, but free to come back. */
  kick(room: string, seat: string): Promise<void>;
  /** The server stops (or again starts) passing this seat's sound on, whatever the browser sends. It holds when she comes back. */
  muteSeat(room: string, seat: string, muted: boolean): Promise<void>;
  /** Into a private side room of this name: its seats hear and see only each other. Undefined brings them back to the group. */
  moveToSide(room: string, seats: readonly string[], side: string | undefined): Promise<void>;
  /**
   * These seats are heard by those named with each and by nobody else of the group, and by these for certain, however many talk; all others are heard as always.
   * It says the whole anew each time. Undefined where the server mixes what it sends, so that nobody can be left out of it for one and not for another.
   */
  whisper?(room: string, whispers: Whispers): Promise<void>;
  /** Everybody is out and every token of the room is dead. */
  closeRoom(room: string): Promise<void>;
  /** How this token's browser is to come in. */
  entry(token: string): Promise<Entry | Refusal>;
  /** Relayed signalling: her offer in, our answer out. A seat that is inside already is ended on its older device. */
  join(token: string, offerSdp: string): Promise<Joined | Refusal>;
  /** What a browser posts by the pass of its `Joined`, while that device is inside and a moment after. "elsewhere" where the room has a data channel. */
  post(pass: string, posted: Posted): Promise<PostAnswer | Refusal>;
  leave(token: string): Promise<void>;
  /** Takes in what the provider's own server posts to us; false where it is not from there. */
  heard?(body: string, authorization: string | undefined): Promise<boolean>;
  present(room: string): readonly Presence[];
  /** Seconds each seat has talked since the room opened. In memory only, and gone with the room. */
  talkTime(room: string): ReadonlyMap<string, number>;
  /** Calls `hear` for everything that happens, until the returned function is called. */
  subscribe(hear: (event: RoomEvent) => void): () => void;
  /** Ends every room and all that runs for them. */
  stop(): Promise<void>;
};
