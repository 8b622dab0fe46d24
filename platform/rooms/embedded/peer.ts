import {
  RTCPeerConnection,
  RTP_EXTENSION_URI,
  type RTCRtpTransceiver,
  type RtpPacket,
  useAudioLevelIndication,
  useNACK,
  useOPUS,
  usePLI,
  useSdesMid,
  useVP8,
} from "werift";
import { z } from "zod";
import type { FromBrowser, ToBrowser } from "../channel.ts";
import { type Lane, laneTo } from "./lane.ts";
import { loudnessOf, mostCameras, plainOffer, voicesAtOnce, withAnnounced, withThriftyVoice } from "./rules.ts";
import { takeOnlySealed } from "./sealed.ts";
import { fromBrowserSchema, type Place } from "./wire.ts";

/** One browser's connection: what it sends comes to the ears, what it is sent goes into its lanes. */
export type Peer = {
  readonly answer: string;
  readonly voices: readonly Lane[];
  readonly pictures: readonly Lane[];
  /** Nothing is said before the browser's data channel is open. */
  say(message: ToBrowser): void;
  /** Asks the browser's camera for a key frame. */
  askKeyFrame(): void;
  close(): Promise<void>;
};

export type Ears = {
  voice(packet: RtpPacket, loudness: number | undefined): void;
  picture(packet: RtpPacket): void;
  /** Her first word is also the sign that her channel is open both ways. */
  said(message: FromBrowser): void;
  gone(): void;
  /** The decoder behind this lane has lost its picture. */
  keyFrameWanted(lane: Lane): void;
};

export type Allowed = { readonly microphone: boolean; readonly camera: boolean; readonly pictures: boolean };

const levelSchema = z.object({ level: z.number() });
const longestMessage = 300;

const connect = ({ addresses, ports }: Place): RTCPeerConnection =>
  new RTCPeerConnection({
    // Lite: the browser finds us. We answer where we are asked, and send nothing to an address that somebody wrote into an offer.
    iceLite: true,
    iceServers: [],
    iceAdditionalHostAddresses: addresses,
    ...(ports && { icePortRange: ports }),
    bundlePolicy: "max-bundle",
    codecs: { audio: [useOPUS()], video: [useVP8({ rtcpFeedback: [useNACK(), usePLI()] })] },
    headerExtensions: { audio: [useSdesMid(), useAudioLevelIndication()], video: [useSdesMid()] },
  });

/** Answers a browser's offer. Undefined where it is none. */
export async function answerTo(offer: string, allowed: Allowed, place: Place, ears: Ears): Promise<Peer | undefined> {
  const connection = connect(place);
  try {
    await connection.setRemoteDescription({ type: "offer", sdp: plainOffer(offer) });
    const lanes = arrange(connection, allowed, ears);
    if (lanes.voices.length === 0 || !connection.sctpTransport) throw new Error("An offer without receivers or a channel is no room's.");
    const channel = channelOf(connection, ears);
    watch(connection, ears);
    await connection.setLocalDescription(await connection.createAnswer());
    const answer = withAnnounced(withThriftyVoice(connection.localDescription?.sdp ?? ""), place.announced);
    return { answer, ...lanes, ...channel, close: () => connection.close() };
  } catch {
    await connection.close();
    return undefined;
  }
}

/** The browser's own microphone and camera come up, its receivers go down as far as there are slots; all else is answered inactive. */
function arrange(connection: RTCPeerConnection, allowed: Allowed, ears: Ears) {
  const all = connection.getTransceivers();
  const ups = (kind: "audio" | "video") => all.filter((one) => one.kind === kind && one.offerDirection !== "sendonly");
  const downs = (kind: "audio" | "video") => all.filter((one) => one.kind === kind && one.offerDirection === "sendonly");
  const [microphone, ...otherMicrophones] = ups("audio");
  const [camera, ...otherCameras] = ups("video");
  for (const other of [...otherMicrophones, ...otherCameras]) refuse(other);
  takeIn(microphone, allowed.microphone, (packet, level) => ears.voice(packet, level));
  takeIn(camera, allowed.camera, (packet) => ears.picture(packet));
  const voices = sendOut(downs("audio"), voicesAtOnce, ears);
  const pictures = sendOut(downs("video"), allowed.pictures ? mostCameras : 0, ears);
  const askKeyFrame = (): void => {
    for (const { ssrc } of camera?.receiver.tracks ?? []) if (ssrc !== undefined) void camera?.receiver.sendRtcpPLI(ssrc);
  };
  return { voices, pictures, askKeyFrame };
}

function refuse(transceiver: RTCRtpTransceiver): void {
  transceiver.setDirection("inactive");
  transceiver.receiver.stop();
}

function takeIn(transceiver: RTCRtpTransceiver | undefined, isAllowed: boolean, take: (packet: RtpPacket, loudness: number | undefined) => void): void {
  if (!transceiver) return;
  if (!isAllowed) return refuse(transceiver);
  transceiver.setDirection("recvonly");
  for (const track of transceiver.receiver.tracks) {
    track.onReceiveRtp.subscribe((packet, extensions) => {
      const read = levelSchema.safeParse(extensions?.[RTP_EXTENSION_URI.audioLevelIndication]);
      take(packet, read.data && loudnessOf(read.data.level));
    });
  }
}

function sendOut(transceivers: readonly RTCRtpTransceiver[], most: number, ears: Ears): readonly Lane[] {
  for (const surplus of transceivers.slice(most)) refuse(surplus);
  return transceivers.slice(0, most).map((transceiver) => {
    transceiver.setDirection("sendonly");
    const lane = laneTo(transceiver.sender);
    transceiver.sender.onPictureLossIndication.subscribe(() => ears.keyFrameWanted(lane));
    return lane;
  });
}

/** The browser opens one channel; its end is her going. */
function channelOf(connection: RTCPeerConnection, ears: Ears) {
  let send: ((text: string) => void) | undefined;
  connection.onDataChannel.subscribe((channel) => {
    send = (text) => {
      if (channel.readyState === "open") channel.send(text);
    };
    channel.onMessage.subscribe((message) => {
      const said = read(message.toString());
      if (said) ears.said(said);
    });
    channel.stateChanged.subscribe((state) => {
      if (state === "closed") ears.gone();
    });
  });
  return { say: (message: ToBrowser): void => send?.(JSON.stringify(message)) };
}

function read(text: string): FromBrowser | undefined {
  if (text.length > longestMessage) return undefined;
  try {
    return fromBrowserSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function watch(connection: RTCPeerConnection, ears: Ears): void {
  for (const transport of connection.dtlsTransports) {
    transport.onStateChange.subscribe((state) => {
      if (state === "connected" && transport.dtls) takeOnlySealed(transport.dtls);
    });
  }
  connection.connectionStateChange.subscribe((state) => {
    if (state === "failed" || state === "closed") ears.gone();
  });
}
