import { DisconnectReason, Room as Media, RoomEvent, setLogLevel, Track } from "livekit-client";
import type { Ending } from "../provider.ts";
import { pictureSize, sendEncodings } from "./camera.browser.ts";
import { sound } from "./microphone.browser.ts";
import type { Room, Told } from "./room.browser.ts";

/** `token`: the server's own, for this seat and for a minute. */
export type LiveKitEntrance = { readonly url: string; readonly token: string; readonly microphone: boolean; readonly camera: boolean };

setLogLevel("silent");

const endings: Partial<Record<DisconnectReason, Ending>> = {
  [DisconnectReason.DUPLICATE_IDENTITY]: "replaced",
  [DisconnectReason.PARTICIPANT_REMOVED]: "removed",
  [DisconnectReason.ROOM_DELETED]: "closed",
};
const [encoding] = sendEncodings;
const pictures = { maxBitrate: encoding?.maxBitrate ?? 0, maxFramerate: encoding?.maxFramerate ?? 0 };

/** Comes into a room on a LiveKit server, by its own client: what it may send, its token says. */
export async function enterLiveKit({ url, token, microphone, camera }: LiveKitEntrance, tell: (told: Told) => void): Promise<Room | { readonly refused: string }> {
  const media = new Media({
    // What every version of the server speaks. Whether it speaks the newer way is asked over https, where the page's policy lets nothing through.
    singlePeerConnection: false,
    audioCaptureDefaults: sound,
    videoCaptureDefaults: { resolution: { width: pictureSize.width.ideal, height: pictureSize.height.ideal, frameRate: pictureSize.frameRate.max } },
    publishDefaults: { audioPreset: { maxBitrate: 28_000 }, dtx: true, red: false, simulcast: false, videoEncoding: pictures },
  });
  const me = media.localParticipant;
  listen(media, tell);
  try {
    await media.connect(url, token);
  } catch {
    await media.disconnect();
    return { refused: "broken" };
  }
  tell({ kind: "connection", state: "connected" });

  const setMuted = async (muted: boolean): Promise<boolean> => {
    await me.setMicrophoneEnabled(!muted).catch(() => undefined);
    const on = me.isMicrophoneEnabled;
    tell({ kind: "microphone", state: on ? "on" : muted ? "off" : "denied" });
    return !on;
  };
  const setCamera = async (on: boolean): Promise<boolean> => {
    await me.setCameraEnabled(on).catch(() => undefined);
    return me.isCameraEnabled;
  };
  if (microphone) void setMuted(false);
  if (camera) void setCamera(true);
  return {
    voices: [],
    pictures: [],
    connection: undefined,
    ownPicture: () => me.getTrackPublication(Track.Source.Camera)?.track?.mediaStreamTrack,
    setMuted,
    setCamera,
    leave: () => void media.disconnect(),
  };
}

function listen(media: Media, tell: (told: Told) => void): void {
  const me = media.localParticipant;
  media
    .on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => tell({ kind: "track", track: track.mediaStreamTrack, seat: identity, on: true }))
    .on(RoomEvent.TrackUnsubscribed, (track, _publication, { identity }) => tell({ kind: "track", track: track.mediaStreamTrack, seat: identity, on: false }))
    .on(RoomEvent.ActiveSpeakersChanged, (speakers) => tell({ kind: "talking", seats: speakers.filter((one) => one !== me).map(({ identity }) => identity) }))
    .on(RoomEvent.ParticipantPermissionsChanged, (_before, one) => {
      if (one === me) tell({ kind: "muted", muted: !me.isMicrophoneEnabled });
    })
    .on(RoomEvent.Reconnecting, () => tell({ kind: "connection", state: "interrupted" }))
    .on(RoomEvent.Reconnected, () => tell({ kind: "connection", state: "connected" }))
    .on(RoomEvent.Disconnected, (reason) => {
      const why = reason === undefined ? undefined : endings[reason];
      if (why) tell({ kind: "ended", why });
      else if (reason !== DisconnectReason.CLIENT_INITIATED) tell({ kind: "connection", state: "failed" });
    });
}
