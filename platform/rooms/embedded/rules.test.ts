import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginsKeyFrame, chooseVoices, faded, forSure, isTalking, type Line, lineInto, loudnessOf, onLine, plainOffer, recordsOf, withAnnounced, withThriftyVoice } from "./rules.ts";
import type { Slots } from "../rules.ts";

const voice = (seat: string, loudness: number) => ({ seat, loudness });
const nobody: Slots = [undefined, undefined, undefined];

describe("the three loudest", () => {
  test("in a small room everybody has a slot, also who is silent, so that no first word is lost", () => {
    expect(chooseVoices(nobody, [voice("ana", 0), voice("bea", 0)])).toEqual(["ana", "bea", undefined]);
  });
  test("free slots go to the loudest", () => {
    expect(chooseVoices(nobody, [voice("ana", 10), voice("bea", 90), voice("cal", 50), voice("dee", 70)])).toEqual(["bea", "dee", "cal"]);
  });
  test("the faintest yields to a voice clearly louder, and everybody else stays where she is", () => {
    expect(chooseVoices(["ana", "bea", "cal"], [voice("ana", 60), voice("bea", 20), voice("cal", 50), voice("dee", 80)])).toEqual(["ana", "dee", "cal"]);
  });
  test("a voice that is only a little louder takes nobody's slot", () => {
    const slots = ["ana", "bea", "cal"];
    expect(chooseVoices(slots, [voice("ana", 60), voice("bea", 52), voice("cal", 50), voice("dee", 60)])).toEqual(slots);
  });
  test("who may not be heard any more is out at once", () => {
    expect(chooseVoices(["ana", "bea", "cal"], [voice("ana", 60), voice("cal", 50)])).toEqual(["ana", undefined, "cal"]);
  });
  test("whatever happened before, nobody has two slots, and nobody is heard who may not be", () => {
    const seats = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");
    const step = fc.uniqueArray(fc.record({ seat: seats, loudness: fc.integer({ min: 0, max: 127 }) }), { selector: ({ seat }) => seat });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        let slots = nobody;
        for (const voices of steps) {
          slots = chooseVoices(slots, voices);
          const heard = slots.filter((seat) => seat !== undefined);
          expect(new Set(heard).size).toBe(heard.length);
          expect(voices.map(({ seat }) => seat)).toEqual(expect.arrayContaining(heard));
          expect(heard.length).toBe(Math.min(3, voices.length));
        }
      }),
    );
  });
  test("who has a slot for sure has it at once, silent herself and however loud the others are, and no more than that one", () => {
    const loud = fc.integer({ min: 0, max: 127 });
    fc.assert(
      fc.property(fc.tuple(loud, loud, loud, loud), fc.boolean(), ([ana, bea, cal, dee], filled) => {
        const others = [voice("ana", ana), voice("bea", bea), voice("cal", cal), voice("dee", dee)];
        const slots = chooseVoices(filled ? ["ana", "bea", "cal"] : nobody, [...others, forSure(voice("eve", 0))]);
        expect(slots).toContain("eve");
        expect(slots.filter((seat) => seat !== "eve" && seat !== undefined)).toHaveLength(2);
        expect(chooseVoices(slots, [...others.map(({ seat }) => voice(seat, 127)), forSure(voice("eve", 0))])).toContain("eve");
      }),
    );
  });
  test("two voices of one strength don't take the slot from one another in turn", () => {
    let slots: Slots = ["ana", "bea", "cal"];
    let changes = 0;
    for (let at = 0; at < 100; at++) {
      const next = chooseVoices(slots, [voice("ana", 90), voice("bea", 90), voice("cal", at % 2 ? 80 : 84), voice("dee", at % 2 ? 84 : 80)]);
      if (next.join(",") !== slots.join(",")) changes++;
      slots = next;
    }
    expect(changes).toBe(0);
  });
});

test("a voice is talking from a spoken word on and through a breath, but not in a silent room", () => {
  expect(isTalking(false, loudnessOf(30))).toBe(true);
  expect(isTalking(true, faded(loudnessOf(30), 500))).toBe(true);
  expect(isTalking(true, faded(loudnessOf(30), 1500))).toBe(false);
  expect(isTalking(false, loudnessOf(70))).toBe(false);
  expect([loudnessOf(0), loudnessOf(127), loudnessOf(999), faded(5, 10_000)]).toEqual([127, 0, 0, 0]);
});

describe("one line for changing sources", () => {
  const firstOf = (line: Line | undefined, sequence: number, time: number, now: number) => lineInto(line, { sequence, time }, now, 48_000);

  test("a new source goes on one number later, and as much time later as has passed", () => {
    const before = { ...firstOf(undefined, 100, 5000, 0), sequence: 110, time: 14_600, at: 200 };
    const line = firstOf(before, 60_000, 900_000, 300);
    expect(onLine(line, { sequence: 60_000, time: 900_000 }, 300)?.stamp).toEqual({ sequence: 111, time: 14_600 + 4800 });
    expect(onLine(line, { sequence: 60_001, time: 900_960 }, 320)?.stamp).toEqual({ sequence: 112, time: 14_600 + 5760 });
  });
  test("numbers go round at their ends", () => {
    const line = firstOf({ ...firstOf(undefined, 65_535, 4_294_967_295, 0) }, 65_534, 10, 0);
    const numbers = [65_534, 65_535, 0, 1].map((sequence) => onLine(line, { sequence, time: 10 }, 0)?.stamp.sequence);
    expect(numbers).toEqual([0, 1, 2, 3]);
    expect(onLine(line, { sequence: 65_534, time: 10 }, 0)?.stamp.time).toBe(0);
  });
  test("a latecomer from before the change is dropped, one out of order within the source is not", () => {
    const line = firstOf(firstOf(undefined, 7, 0, 0), 500, 0, 0);
    expect(onLine(line, { sequence: 499, time: 0 }, 0)).toBeUndefined();
    const ahead = onLine(line, { sequence: 503, time: 0 }, 0);
    expect(ahead && onLine(ahead.line, { sequence: 501, time: 0 }, 0)?.stamp.sequence).toBe(9);
  });
  test("whatever the sources and however long each speaks, the numbers run on without a gap", () => {
    const source = fc.record({ sequence: fc.nat(65_535), time: fc.nat(4_294_967_295), packets: fc.integer({ min: 1, max: 80 }) });
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 6 }), (sources) => {
        let line: Line | undefined;
        let now = 0;
        const out: number[] = [];
        for (const { sequence, time, packets } of sources) {
          for (let at = 0; at < packets; at++) {
            const stamp = { sequence: (sequence + at) & 0xff_ff, time: (time + at * 960) >>> 0 };
            now += 20;
            if (at === 0) line = lineInto(line, stamp, now, 48_000);
            const sent = line && onLine(line, stamp, now);
            line = sent?.line;
            out.push(sent?.stamp.sequence ?? -1);
          }
        }
        expect(out.slice(1).every((number, at) => number === (((out[at] ?? 0) + 1) & 0xff_ff))).toBe(true);
      }),
    );
  });
  test("after many thousand packets of one source, its own are still no latecomers", () => {
    let line = firstOf(undefined, 0, 0, 0);
    for (let sequence = 0; sequence < 150_000; sequence++) {
      const sent = onLine(line, { sequence: sequence & 0xff_ff, time: 0 }, 0);
      if (!sent) throw new Error(`packet ${sequence} was dropped`);
      line = sent.line;
    }
    expect(line.newest).toBe(149_999 & 0xff_ff);
  });
});

test("a key frame is known by the first packet of its first partition, with and without picture numbers", () => {
  expect(beginsKeyFrame(Uint8Array.of(0x10, 0x00))).toBe(true);
  expect(beginsKeyFrame(Uint8Array.of(0x10, 0x01))).toBe(false);
  expect(beginsKeyFrame(Uint8Array.of(0x90, 0x80, 0x85, 0x23, 0x00))).toBe(true);
  expect(beginsKeyFrame(Uint8Array.of(0x90, 0xe0, 0x05, 0x07, 0x20, 0x01))).toBe(false);
  expect(beginsKeyFrame(Uint8Array.of(0x00, 0x00))).toBe(false);
  expect(beginsKeyFrame(Uint8Array.of(0x11, 0x00))).toBe(false);
  expect(beginsKeyFrame(Uint8Array.of())).toBe(false);
});

test("an offer loses its addresses and the reports that nobody reads", () => {
  const offer = "v=0\r\nm=audio 9 RTP 111\r\na=candidate:1 1 udp 2122 10.0.0.7 5000 typ host\r\na=end-of-candidates\r\na=rtcp-fb:96 transport-cc\r\na=rtcp-fb:96 nack pli\r\na=mid:0\r\n";
  expect(plainOffer(offer)).toBe("v=0\r\nm=audio 9 RTP 111\r\na=rtcp-fb:96 nack pli\r\na=mid:0\r\n");
});

test("behind a router the answer also names the outer address, at the same port", () => {
  const own = "a=candidate:1 1 udp 2116026367 10.0.0.7 47885 typ host generation 0\r\n";
  const loopback = "a=candidate:2 1 udp 2116026367 127.0.0.1 5000 typ host generation 0\r\n";
  expect(withAnnounced(own + loopback, ["203.0.113.9"])).toBe(`${own}a=candidate:1 1 udp 2116026367 203.0.113.9 47885 typ host generation 0\r\n${loopback}`);
  expect(withAnnounced(own + loopback, [])).toBe(own + loopback);
});

test("the answer asks for a voice that is silent in pauses, whatever number Opus has", () => {
  const answer = "a=rtpmap:96 VP8/90000\r\na=rtpmap:109 opus/48000/2\r\na=fmtp:109 minptime=10;useinbandfec=1\r\n";
  expect(withThriftyVoice(answer)).toContain("a=fmtp:109 minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=28000\r\n");
});

describe("a packet of DTLS", () => {
  const record = fc.record({ type: fc.nat(255), epoch: fc.integer({ min: 1, max: 65_535 }), number: fc.nat(2 ** 31), body: fc.uint8Array({ maxLength: 60 }) });
  const bytesOf = ({ type, epoch, number, body }: { type: number; epoch: number; number: number; body: Uint8Array }): Buffer => {
    const head = Buffer.from([type, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt16BE(epoch, 3);
    head.writeUIntBE(number, 5, 6);
    head.writeUInt16BE(body.length, 11);
    return Buffer.concat([head, body]);
  };

  test("is read in its records, whole or not at all", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), fc.nat(), (records, cut) => {
        const packet = Buffer.concat(records.map(bytesOf));
        expect(recordsOf(packet).map(({ recordLayerHeader: { contentType, epoch, sequenceNumber }, fragment }) => ({ type: contentType, epoch, number: sequenceNumber, body: Uint8Array.from(fragment) }))).toEqual(records);
        const short = packet.subarray(0, cut % packet.length);
        const whole = records.reduce<number[]>((ends, one) => [...ends, (ends.at(-1) ?? 0) + bytesOf(one).length], [0]);
        expect(recordsOf(short)).toHaveLength(Math.max(0, whole.indexOf(short.length)));
      }),
    );
  });

  test("is none of ours where one of its records is of the handshake's own epoch", () => {
    fc.assert(
      fc.property(record, record, (sealed, open) => {
        expect(recordsOf(Buffer.concat([bytesOf(sealed), bytesOf({ ...open, epoch: 0 })]))).toEqual([]);
      }),
    );
  });
});
