export const pictureSize = { width: { ideal: 320 }, height: { ideal: 240 }, frameRate: { ideal: 15, max: 15 } } satisfies MediaTrackConstraints;
/** How much of a line one picture may take, whoever carries it. */
export const sendEncodings: RTCRtpEncodingParameters[] = [{ maxBitrate: 180_000, maxFramerate: 15 }];

/** What takes a picture to the room; null: none any more. Resolves to whether the room takes it. */
export type Carrier = { carry(track: MediaStreamTrack | null): Promise<boolean> };

export type Camera = {
  track(): MediaStreamTrack | undefined;
  /** Resolves to whether it is on now. */
  set(on: boolean): Promise<boolean>;
  /** The room takes no picture of hers: the device gets its camera back. */
  drop(): void;
  close(): void;
};

/** Her camera: asked for when it is switched on, given back to the device when it is off. */
export function openCamera(carrier: Carrier): Camera {
  let track: MediaStreamTrack | undefined;
  const off = (): void => {
    track?.stop();
    track = undefined;
    void carrier.carry(null).catch(() => false);
  };
  return {
    track: () => track,
    close: () => track?.stop(),
    drop: () => track && off(),
    async set(on) {
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
        if (await carrier.carry(picture)) return track === picture;
      } catch {
        // No camera was given, or it did not reach the room.
      }
      track?.stop();
      track = undefined;
      return false;
    },
  };
}
