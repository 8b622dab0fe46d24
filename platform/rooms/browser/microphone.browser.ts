export type MicrophoneState = "on" | "off" | "denied" | "lost";

export type Microphone = {
  isOn(): boolean;
  /** Resolves to whether she is muted now: also where no microphone was given. */
  setMuted(muted: boolean): Promise<boolean>;
  close(): void;
};

export const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } satisfies MediaTrackConstraints;

/**
 * Her microphone, asked for at the first unmuting and not before. A phone takes it away when the screen locks or a call comes in
 * (the track ends); it is taken up again at once or when the page is next in sight, unless she has muted herself meanwhile.
 */
export function openMicrophone(sender: RTCRtpSender, tell: (state: MicrophoneState) => void): Microphone {
  let track: MediaStreamTrack | undefined;
  let wanted = false;
  let closed = false;

  const take = async (): Promise<boolean> => {
    try {
      const [fresh] = (await navigator.mediaDevices.getUserMedia({ audio: sound })).getAudioTracks();
      if (!fresh) return false;
      if (closed || track) {
        fresh.stop();
        return !closed;
      }
      track = fresh;
      fresh.enabled = wanted;
      fresh.addEventListener("ended", lost);
      await sender.replaceTrack(fresh);
      return true;
    } catch {
      return false;
    }
  };
  const lost = (): void => {
    track = undefined;
    if (closed) return;
    tell(wanted ? "lost" : "off");
    void again();
  };
  const again = async (): Promise<void> => {
    if (closed || !wanted || track || document.visibilityState === "hidden") return;
    if (await take()) tell("on");
  };
  document.addEventListener("visibilitychange", again);

  return {
    isOn: () => wanted && track !== undefined,
    async setMuted(muted) {
      wanted = !muted;
      if (wanted && !track && !(await take())) {
        wanted = false;
        tell("denied");
        return true;
      }
      if (track) track.enabled = wanted;
      tell(wanted ? "on" : "off");
      return !wanted;
    },
    close() {
      closed = true;
      document.removeEventListener("visibilitychange", again);
      track?.removeEventListener("ended", lost);
      track?.stop();
    },
  };
}
