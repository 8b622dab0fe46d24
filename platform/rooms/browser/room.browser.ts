import type { FromBrowser, ToBrowser } from "../channel.ts";
import { openMicrophone } from "./microphone.browser.ts";

/**
 * `url` takes a POST of `{ token, offer }` as JSON and answers `{ answer, ice }` or `{ refused }`. `microphone` and `camera`: ask for them
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

/** What the room tells the page: all of ToBrowser, and how the connection and the microphone are. "denied": no microphone was given. "lost": the device took it; it comes back by itself where it can. */
export type Told =
  | ToBrowser
  | { readonly kind: "connection"; readonly state: "connected" | "interrupted" | "failed" }
  | { readonly kind: "microphone"; readonly state: "on" | "off" | "denied" | "lost" };

/**
 * The room as a page holds it. `voices` and `pictures` are fixed receivers, to be put into audio and video elements once; `slots` events
 * say whose the first three voices and the pictures are. The fourth voice is everybody's together, where the server mixes.
 */
export type Room = {
  readonly voices: readonly MediaStreamTrack[];
  readonly pictures: readonly MediaStreamTrack[];
  readonly connection: RTCPeerConnection;
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
const pictureSize: MediaTrackConstraints = { width: { ideal: 320 }, height: { ideal: 240 }, frameRate: { ideal: 15, max: 15 } };
const pictureBits = 180_000;

/** Comes into a room. `tell` hears everything from then on. Resolves once the answer is in; `connection` events say when media can flow. Rejects where our own server cannot be reached. */
export async function enterRoom(entrance: Entrance, tell: (told: Told) => void): Promise<Room | { readonly refused: string }> {
  const connection = new RTCPeerConnection({ iceServers: [...(entrance.ice ?? [])], bundlePolicy: "max-bundle" });
  const microphoneUp = connection.addTransceiver("audio", { direction: "sendrecv" });
  const single = Array.from({ length: voicesAtOnce }, () => connection.addTransceiver("audio", { direction: "recvonly" }).receiver.track);
  const voices = [...single, microphoneUp.receiver.track];
  const cameraUp = connection.addTransceiver("video", { direction: "sendonly", sendEncodings: [{ maxBitrate: pictureBits, maxFramerate: 15 }] });
  const pictures = Array.from({ length: picturesAtOnce }, () => connection.addTransceiver("video", { direction: "recvonly" }).receiver.track);
  const channel = connection.createDataChannel("room");
  const say = (message: FromBrowser): void => {
    if (channel.readyState === "open") channel.send(JSON.stringify(message));
  };
  const refused = await signal(connection, entrance);
  if (refused !== undefined) {
    connection.close();
    return { refused };
  }
  const microphone = openMicrophone(microphoneUp.sender, (state) => {
    tell({ kind: "microphone", state });
    say({ kind: "microphone", on: state === "on" });
  });
  const camera = openCamera(cameraUp.sender, (on) => say({ kind: "camera", on }));
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    removeEventListener("pagehide", leave);
    microphone.close();
    camera.close();
    connection.close();
  };
  const leave = (): void => {
    say({ kind: "leave" });
    stop();
  };
  addEventListener("pagehide", leave);
  listen(channel, connection, (told) => isOver || tell(told), stop);
  channel.addEventListener("open", () => {
    say({ kind: "microphone", on: microphone.isOn() });
    if (camera.track()) say({ kind: "camera", on: true });
  });
  const beat = setInterval(() => (connection.connectionState === "closed" ? clearInterval(beat) : say({ kind: "here" })), hereEveryMs);
  if (entrance.microphone) void microphone.setMuted(false);
  if (entrance.camera) void camera.set(true);
  return {
    voices,
    pictures,
    connection,
    ownPicture: camera.track,
    setMuted: (muted) => microphone.setMuted(muted),
    setCamera: (on) => camera.set(on),
    leave,
  };
}

type Answered = { readonly answer?: string; readonly ice?: readonly RTCIceServer[]; readonly refused?: string };

/** Offer and answer through our own server. Nothing is gathered before the answer, so no offer says where she is. Resolves to why not, or undefined. */
async function signal(connection: RTCPeerConnection, { url, token, headers }: Entrance): Promise<string | undefined> {
  const offer = await connection.createOffer();
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ token, offer: offer.sdp }) });
  const said: unknown = await response.json().catch(() => ({}));
  const { answer, ice, refused } = said as Answered;
  if (refused !== undefined || answer === undefined) return refused ?? "broken";
  if (ice && ice.length > 0) connection.setConfiguration({ ...connection.getConfiguration(), iceServers: [...ice] });
  await connection.setLocalDescription(offer);
  await connection.setRemoteDescription({ type: "answer", sdp: answer });
  return undefined;
}

function listen(channel: RTCDataChannel, connection: RTCPeerConnection, tell: (told: Told) => void, stop: () => void): void {
  channel.addEventListener("message", ({ data }) => {
    const told = JSON.parse(String(data)) as ToBrowser;
    tell(told);
    if (told.kind === "ended") stop();
  });
  const failed = (): void => {
    tell({ kind: "connection", state: "failed" });
    stop();
  };
  setTimeout(() => connection.connectionState !== "connected" && failed(), longestEntryMs);
  // A server that mixes has no channel, and closes ours at once.
  channel.addEventListener("close", () => connection.sctp !== null && failed());
  connection.addEventListener("connectionstatechange", () => {
    if (connection.connectionState === "connected") tell({ kind: "connection", state: "connected" });
    if (connection.connectionState === "failed") failed();
    if (connection.connectionState === "disconnected") tell({ kind: "connection", state: "interrupted" });
  });
}

/** Her camera: asked for when it is switched on, given back to the device when it is off. */
function openCamera(sender: RTCRtpSender, switched: (on: boolean) => void) {
  let track: MediaStreamTrack | undefined;
  const off = (): void => {
    track?.stop();
    track = undefined;
    void sender.replaceTrack(null).catch(() => undefined);
    switched(false);
  };
  return {
    track: () => track,
    close: () => track?.stop(),
    async set(on: boolean): Promise<boolean> {
      if (on === (track !== undefined)) return on;
      if (!on) {
        off();
        return false;
      }
      try {
        const [picture] = (await navigator.mediaDevices.getUserMedia({ video: pictureSize })).getVideoTracks();
        if (!picture) return false;
        track = picture;
        picture.addEventListener("ended", off);
        await sender.replaceTrack(picture);
        switched(true);
        return true;
      } catch {
        return false;
      }
    },
  };
}
