import type { FromBrowser, Posted, PostAnswer, ToBrowser } from "../channel.ts";
import { openCamera, sendEncodings } from "./camera.browser.ts";
import { openMicrophone } from "./microphone.browser.ts";
import { openPosts } from "./posts.browser.ts";

/**
 * `url` takes a POST of `{ token, offer }` as JSON and answers as `Joined`, as the `Entry` of a LiveKit room, or `{ refused }`; and one of `{ pass, posted }`, where the answer
 * gave a pass, which is answered as `PostAnswer` or `{ refused }`. `microphone` and `camera`: ask for them
 * on entry; false asks her for nothing, and either can be switched on later (not by a listener).
 */
export type Entrance = {
  readonly url: string;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ice?: readonly RTCIceServer[];
  readonly microphone: boolean;
  readonly camera: boolean;
};

/** What the room tells the page: all of ToBrowser, and how the connection and the microphone are. "denied": no microphone was given. "lost": the device took it; it comes back by itself where it can. "track": somebody's voice or picture came or went, in a room whose receivers are not fixed. */
export type Told =
  | ToBrowser
  | { readonly kind: "connection"; readonly state: "connected" | "interrupted" | "failed" }
  | { readonly kind: "microphone"; readonly state: "on" | "off" | "denied" | "lost" }
  | { readonly kind: "track"; readonly track: MediaStreamTrack; readonly seat: string; readonly on: boolean };

/**
 * The room as a page holds it. `voices` and `pictures` are fixed receivers, to be put into audio and video elements once; `slots` events
 * say whose the first three voices and the pictures are. The fourth voice is everybody's together, where the server mixes.
 */
export type Room = {
  readonly voices: readonly MediaStreamTrack[];
  readonly pictures: readonly MediaStreamTrack[];
  /** The one of the voices, where it is ours. */
  readonly connection: RTCPeerConnection | undefined;
  /** Her own picture while the camera is on. */
  readonly ownPicture: () => MediaStreamTrack | undefined;
  /** False asks for the microphone where none was given yet. Resolves to whether she is muted now. */
  setMuted(muted: boolean): Promise<boolean>;
  /** Resolves to whether the camera is on now; the room's answer ("full", "unwelcome") comes as an event. */
  setCamera(on: boolean): Promise<boolean>;
  leave(): void;
};

const voicesAtOnce = 3;
const picturesAtOnce = 4;
const hereEveryMs = 5000;
const longestEntryMs = 15_000;
const wordMs = 1000;

/** Comes into a room. `tell` hears everything from then on. Resolves once the answer is in; `connection` events say when media can flow. Rejects where our own server cannot be reached. */
export async function enterRoom(entrance: Entrance, tell: (told: Told) => void): Promise<Room | { readonly refused: string }> {
  const connection = new RTCPeerConnection({ iceServers: [...(entrance.ice ?? [])], bundlePolicy: "max-bundle" });
  const microphoneUp = connection.addTransceiver("audio", { direction: "sendrecv" });
  const single = Array.from({ length: voicesAtOnce }, () => connection.addTransceiver("audio", { direction: "recvonly" }).receiver.track);
  const voices = [...single, microphoneUp.receiver.track];
  const cameraUp = connection.addTransceiver("video", { direction: "sendonly", sendEncodings });
  const channelled = Array.from({ length: picturesAtOnce }, () => connection.addTransceiver("video", { direction: "recvonly" }).receiver.track);
  const channel = connection.createDataChannel("room");
  const joined = await signal(connection, entrance);
  if (joined.answer === undefined) {
    connection.close();
    if (joined.kind !== "livekit" || joined.url === undefined || joined.token === undefined) return { refused: joined.refused ?? "broken" };
    const { enterLiveKit } = await import("./livekit.browser.ts");
    return enterLiveKit({ ...entrance, url: joined.url, token: joined.token }, tell);
  }
  let isOver = false;
  const hear = (told: Told): void => {
    if (isOver) return;
    if (told.kind === "camera" && (told.camera === "full" || told.camera === "unwelcome")) camera.drop();
    tell(told);
    if (told.kind === "ended") stop();
  };
  const posts = joined.pass === undefined ? undefined : await openPosts({ post: postTo(entrance, joined.pass), ice: joined.ice ?? [], pictures: joined.pictures, hear });
  const say = (message: FromBrowser): void => {
    if (posts) posts.say(message);
    else if (channel.readyState === "open") channel.send(JSON.stringify(message));
  };
  const microphone = openMicrophone(microphoneUp.sender, (state) => {
    tell({ kind: "microphone", state });
    say({ kind: "microphone", on: state === "on" });
  });
  const camera = openCamera(
    posts ?? {
      async carry(track) {
        await cameraUp.sender.replaceTrack(track);
        say({ kind: "camera", on: track !== null });
        return true;
      },
    },
  );
  const stop = (said: Promise<unknown> = Promise.resolve()): void => {
    isOver = true;
    removeEventListener("pagehide", leave);
    microphone.close();
    camera.close();
    void said.then(() => {
      posts?.close();
      connection.close();
    });
  };
  // Said before it ends: a line that breaks off looks like a dead device.
  const leave = (): void => {
    say({ kind: "leave" });
    stop(posts?.leave());
  };
  addEventListener("pagehide", leave);
  listen(channel, connection, hear, stop, joined.pass === undefined ? 0 : wordMs);
  channel.addEventListener("open", () => {
    say({ kind: "microphone", on: microphone.isOn() });
    if (camera.track()) say({ kind: "camera", on: true });
  });
  const beat = setInterval(() => (connection.connectionState === "closed" ? clearInterval(beat) : say({ kind: "here" })), hereEveryMs);
  if (entrance.microphone) void microphone.setMuted(false);
  if (entrance.camera) void camera.set(true);
  return {
    voices,
    pictures: posts?.pictures ?? channelled,
    connection,
    ownPicture: camera.track,
    setMuted: (muted) => microphone.setMuted(muted),
    setCamera: (on) => camera.set(on),
    leave,
  };
}

type Answered = { readonly kind?: string; readonly url?: string; readonly token?: string; readonly answer?: string; readonly ice?: readonly RTCIceServer[]; readonly pass?: string; readonly pictures?: string; readonly refused?: string };

const send = ({ url, headers }: Entrance, body: object, more: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body), ...more });

/** By the pass of this device: what it says, and what the room says to it. Undefined where our server could not be reached or refuses. */
const postTo = (entrance: Entrance, pass: string) => async (posted: Posted, signal?: AbortSignal): Promise<PostAnswer | undefined> => {
  // Also from a page that is being left.
  const response = await send(entrance, { pass, posted }, signal ? { signal } : { keepalive: true }).catch(() => undefined);
  const said: unknown = await response?.json().catch(() => undefined);
  return said === undefined || "refused" in (said as object) ? undefined : (said as PostAnswer);
};

/** Offer and answer through our own server. Nothing is gathered before the answer, so no offer says where she is. */
async function signal(connection: RTCPeerConnection, entrance: Entrance): Promise<Answered> {
  const offer = await connection.createOffer();
  const response = await send(entrance, { token: entrance.token, offer: offer.sdp });
  const said: unknown = await response.json().catch(() => ({}));
  const joined = said as Answered;
  if (joined.answer === undefined) return joined;
  if (joined.ice && joined.ice.length > 0) connection.setConfiguration({ ...connection.getConfiguration(), iceServers: [...joined.ice] });
  await connection.setLocalDescription(offer);
  await connection.setRemoteDescription({ type: "answer", sdp: joined.answer });
  return joined;
}

/** `patienceMs`: how long a connection may have ended before the word comes that says why. */
function listen(channel: RTCDataChannel, connection: RTCPeerConnection, tell: (told: Told) => void, stop: () => void, patienceMs: number): void {
  channel.addEventListener("message", ({ data }) => tell(JSON.parse(String(data)) as ToBrowser));
  const failed = (): void =>
    void setTimeout(() => {
      tell({ kind: "connection", state: "failed" });
      stop();
    }, patienceMs);
  setTimeout(() => connection.connectionState !== "connected" && failed(), longestEntryMs);
  // A server that mixes has no channel, and closes ours at once.
  channel.addEventListener("close", () => connection.sctp !== null && failed());
  connection.addEventListener("connectionstatechange", () => {
    if (connection.connectionState === "connected") tell({ kind: "connection", state: "connected" });
    if (connection.connectionState === "failed") failed();
    if (connection.connectionState === "disconnected") tell({ kind: "connection", state: "interrupted" });
  });
}
