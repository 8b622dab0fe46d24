import type { Slots } from "../rules.ts";

/** How many may be inside one embedded room, and how much of it one browser is sent at a time. */
export const mostSeats = 8;
export const mostCameras = 4;
export const voicesAtOnce = 3;

/** 0 is silence, 127 as loud as can be: 127 less the level in -dBov of RFC 6464. */
export type Voice = { readonly seat: string; readonly loudness: number };
const loudest = 127;
export const loudnessOf = (level: number): number => loudest - Math.min(loudest, Math.max(0, level));

const quietingPerSecond = 40;
/** Loudness rises at once and fades over seconds, so that a breath between two words takes nobody's slot. */
export const faded = (loudness: number, ms: number): number => Math.max(0, loudness - (quietingPerSecond * ms) / 1000);

const talksFrom = 82;
const talksUntil = 70;
/** Louder than -45 dBov begins, fainter than -57 ends: a voice at the edge doesn't flicker. */
export const isTalking = (before: boolean, loudness: number): boolean => loudness > (before ? talksUntil : talksFrom);

const margin = 10;

/** So loud that she has a slot before anybody who is not, however many shout. */
export const forSure = ({ seat, loudness }: Voice): Voice => ({ seat, loudness: loudness + loudest + margin + 1 });

/**
 * The voices that one browser is sent: who has a slot keeps it while she may be heard, free slots go to the loudest, and the faintest
 * yields only to a voice 10 dB louder. At most one slot changes hands at a time.
 */
export function chooseVoices(slots: Slots, voices: readonly Voice[]): Slots {
  const loudness = new Map(voices.map((voice) => [voice.seat, voice.loudness]));
  const kept = slots.map((seat) => (seat !== undefined && loudness.has(seat) ? seat : undefined));
  const waiting = voices.filter(({ seat }) => !kept.includes(seat)).toSorted((a, b) => b.loudness - a.loudness);
  const filled = kept.map((seat) => seat ?? waiting.shift()?.seat);
  const [challenger] = waiting;
  if (!challenger) return filled;
  const faintest = filled.reduce((least, seat, at) => (loudnessAt(seat) < loudnessAt(filled[least]) ? at : least), 0);
  return challenger.loudness > loudnessAt(filled[faintest]) + margin ? filled.with(faintest, challenger.seat) : filled;

  function loudnessAt(seat: string | undefined): number {
    return (seat === undefined ? undefined : loudness.get(seat)) ?? 0;
  }
}

/** The two numbers of an RTP packet that must run on without a break: 16 bits of sequence, 32 of time. */
export type Stamp = { readonly sequence: number; readonly time: number };

/**
 * One outgoing line of packets, into which different sources are put one after the other. `first` is the source's oldest packet that may
 * pass; `sequence` and `time` are the latest that went out, at `at` (ms).
 */
export type Line = Stamp & { readonly at: number; readonly first: number; readonly newest: number; readonly sequenceShift: number; readonly timeShift: number };

const wrap16 = (number: number): number => number & 0xff_ff;
const wrap32 = (number: number): number => number >>> 0;
/** How far `to` is ahead of `from`, -32768 to 32767: sequence numbers go round (RFC 3550, A.1). */
const ahead = (from: number, to: number): number => ((to - from + 0x8000) & 0xff_ff) - 0x8000;
const reorderWindow = 512;

/** The line when a new source begins with this packet: it goes on one number later, and as much later in time as has passed since. */
export function lineInto(line: Line | undefined, { sequence, time }: Stamp, now: number, clockRate: number): Line {
  if (!line) return { sequence, time, at: now, first: sequence, newest: sequence, sequenceShift: 0, timeShift: 0 };
  const nextTime = wrap32(line.time + Math.max(1, Math.round(((now - line.at) * clockRate) / 1000)));
  const next = wrap16(line.sequence + 1);
  return { sequence: next, time: nextTime, at: now, first: sequence, newest: sequence, sequenceShift: wrap16(next - sequence), timeShift: wrap32(nextTime - time) };
}

/** This packet's numbers on the line; undefined for a latecomer from before the source's first, whose numbers are the previous source's. */
export function onLine(line: Line, { sequence, time }: Stamp, now: number): { readonly line: Line; readonly stamp: Stamp } | undefined {
  if (ahead(line.first, sequence) < 0) return undefined;
  const stamp = { sequence: wrap16(sequence + line.sequenceShift), time: wrap32(time + line.timeShift) };
  if (ahead(line.newest, sequence) <= 0) return { line, stamp };
  const first = ahead(line.first, sequence) > reorderWindow ? wrap16(sequence - reorderWindow) : line.first;
  return { line: { ...line, ...stamp, at: now, first, newest: sequence }, stamp };
}

/** Does this VP8 payload begin a key frame? A picture of somebody else can be shown only from there on (RFC 7741, 4.2 and 4.3). */
export function beginsKeyFrame(payload: Uint8Array): boolean {
  const [first = 0, extension = 0] = payload;
  if ((first & 0x1f) !== 0x10) return false;
  let at = 1;
  if (first & 0x80) {
    at = 2;
    if (extension & 0x80) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (extension & 0x40) at += 1;
    if (extension & 0x30) at += 1;
  }
  const header = payload[at];
  return header !== undefined && (header & 1) === 0;
}

/** The offer without where its browser can be reached (it finds us, we look for nobody), and without reports on the line that nobody here reads. */
export const plainOffer = (offer: string): string => offer.replace(/^a=(?:candidate:|end-of-candidates|rtcp-fb:\S+ (?:transport-cc|goog-remb)).*\r?\n/gm, "");

/** The answer with each of our IPv4 candidates also under the addresses by which we are known outside, at the same port; loopback stays what it is. */
export const withAnnounced = (answer: string, announced: readonly string[]): string =>
  answer.replace(/^(a=candidate:\S+ 1 udp \d+ )(?!127\.)\d+\.\d+\.\d+\.\d+( \d+ typ host.*\r?\n)/gm, (line, before: string, after: string) => line + announced.map((address) => before + address + after).join(""));

/** Tells the browser's Opus to fall silent in pauses and to speak at 28 kbit/s (RFC 7587, 6.1). */
export const withThriftyVoice = (answer: string): string => {
  const opus = /^a=rtpmap:(\d+) opus\//m.exec(answer)?.[1];
  return opus === undefined ? answer : answer.replace(new RegExp(`^a=fmtp:${opus} .*$`, "gm"), `a=fmtp:${opus} minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=28000`);
};

/** A record of DTLS (RFC 6347, 4.1). */
export type DtlsRecord = { readonly recordLayerHeader: { readonly contentType: number; readonly protocolVersion: { readonly major: number; readonly minor: number }; readonly epoch: number; readonly sequenceNumber: number; readonly contentLen: number }; readonly fragment: Buffer };

const headOfRecord = 13;

/** The records of a packet; none where it is not made of whole ones of a later epoch than the handshake's. */
export function recordsOf(packet: Buffer): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  for (let at = 0; at < packet.length;) {
    if (packet.length < at + headOfRecord) return [];
    const [contentType = 0, major = 0, minor = 0] = packet.subarray(at);
    const [epoch, sequenceNumber, contentLen] = [packet.readUInt16BE(at + 3), packet.readUIntBE(at + 5, 6), packet.readUInt16BE(at + 11)];
    const end = at + headOfRecord + contentLen;
    if (epoch === 0 || packet.length < end) return [];
    records.push({ recordLayerHeader: { contentType, protocolVersion: { major, minor }, epoch, sequenceNumber, contentLen }, fragment: packet.subarray(at + headOfRecord, end) });
    at = end;
  }
  return records;
}
