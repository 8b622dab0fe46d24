import type { RTCRtpSender, RtpPacket } from "werift";
import { beginsKeyFrame, type Line, lineInto, onLine } from "./rules.ts";

/** One of a browser's receivers, into which the room puts a voice or picture after the other. */
export type Lane = {
  readonly seat: string | undefined;
  /** Given to somebody of whom nothing could be sent yet. */
  readonly isWaiting: boolean;
  /** From now on this seat's packets; undefined: nobody's. */
  give(seat: string | undefined): void;
  /** Sends this seat's packet, if the lane is hers and, after a change, a key frame has begun. */
  pass(seat: string, packet: RtpPacket, now: number): void;
};

const clockRates = { audio: 48_000, video: 90_000 } as const;

export function laneTo(sender: RTCRtpSender): Lane {
  let seat: string | undefined;
  let line: Line | undefined;
  let isFresh = true;
  return {
    get seat() {
      return seat;
    },
    get isWaiting() {
      return seat !== undefined && isFresh;
    },
    give(next) {
      if (next === seat) return;
      seat = next;
      isFresh = true;
    },
    pass(from, packet, now) {
      if (from !== seat) return;
      const { sequenceNumber: sequence, timestamp: time } = packet.header;
      if (isFresh || !line) {
        if (sender.kind === "video" && !beginsKeyFrame(packet.payload)) return;
        line = lineInto(line, { sequence, time }, now, sender.kind === "video" ? clockRates.video : clockRates.audio);
        isFresh = false;
      }
      const going = onLine(line, { sequence, time }, now);
      if (!going) return;
      line = going.line;
      const copy = packet.clone();
      copy.header.sequenceNumber = going.stamp.sequence;
      copy.header.timestamp = going.stamp.time;
      // Extensions are numbered anew with each browser; the sender writes its own.
      copy.header.extensions = [];
      // A browser that has just gone takes no packet; its going is noticed elsewhere.
      sender.sendRtp(copy).catch(() => undefined);
    },
  };
}
