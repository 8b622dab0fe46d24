import { createSocket } from "node:dgram";
import fc from "fast-check";
import { expect } from "vitest";
import type { Guest } from "./rooms-street.ts";

/** One connection of hers: where it sends to, how that is kept from others, and its streams with what they have sent so far. */
type Way = { readonly address: string; readonly port: number; readonly dtls: string; readonly srtp: string; readonly tls: string; readonly sends: readonly { readonly kind: "audio" | "video"; readonly ssrc: number; readonly packets: number }[] };

const look = `(async () => {
  const ways = [];
  for (const connection of window.connections) {
    if (connection.connectionState !== "connected") continue;
    const stats = await connection.getStats();
    const all = [...stats.values()];
    const { selectedCandidatePairId, dtlsCipher, srtpCipher, tlsVersion } = all.find(({ type }) => type === "transport");
    const { address, port } = stats.get(stats.get(selectedCandidatePairId).remoteCandidateId);
    const sends = all.filter(({ type }) => type === "outbound-rtp").map(({ kind, ssrc, packetsSent }) => ({ kind, ssrc, packets: packetsSent }));
    ways.push({ address, port, dtls: dtlsCipher, srtp: srtpCipher, tls: tlsVersion, sends });
  }
  return ways;
})()`;

const waysOf = async (guest: Guest): Promise<readonly Way[]> => (await guest.act(look)) as readonly Way[];

/** Is she kept from others on every way of hers, by DTLS 1.2 with keys that are gone afterwards and by ciphers that still hold (RFC 9325, RFC 8827)? */
export async function isKeptFromOthers(guest: Guest): Promise<void> {
  const ways = await waysOf(guest);
  expect(ways).not.toEqual([]);
  for (const { dtls, srtp, tls } of ways) {
    expect(tls).toBe("FEFD");
    expect(dtls).toMatch(/^TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)$/);
    expect(srtp).toMatch(/^SRTP_(AEAD_AES_(128|256)_GCM|AES128_CM_HMAC_SHA1_80)$/);
  }
}

export const sentBy = async (guest: Guest, kind: "audio" | "video"): Promise<number> => (await waysOf(guest)).flatMap(({ sends }) => sends).reduce((sum, one) => sum + (one.kind === kind ? one.packets : 0), 0);

const u16 = (number: number) => [number >> 8, number & 255];
const u32 = (number: number) => [...u16(number >>> 16), ...u16(number & 65535)];
const some = (maxLength: number) => fc.uint8Array({ maxLength });
const short = fc.nat(65535);

/** What is nothing, what looks like a check of the way, a handshake or a report and is broken, and a stream of hers with another's words. */
const packet = (ssrc: number) =>
  fc.oneof(
    some(1400),
    fc.tuple(fc.constantFrom(0x0001, 0x0101, 0x0111, 0x0003), short, some(200)).map(([type, length, rest]) => Uint8Array.from([...u16(type), ...u16(length), ...u32(0x2112a442), ...rest])),
    fc.tuple(fc.constantFrom(20, 21, 22, 23), short, some(300)).map(([type, length, rest]) => Uint8Array.from([type, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, ...u16(length), ...rest])),
    fc.tuple(fc.constantFrom(200, 201, 203, 205, 206), short, some(100)).map(([type, length, rest]) => Uint8Array.from([0x81, type, ...u16(length), ...u32(ssrc), ...rest])),
    fc.tuple(fc.nat(255), short, short, some(1000)).map(([kind, at, time, rest]) => Uint8Array.from([0x80, kind, ...u16(at), ...u32(time), ...u32(ssrc), ...rest])),
    fc.tuple(fc.nat(255), short, some(1000)).map(([first, at, rest]) => Uint8Array.from([0x80 | (first & 63), 111, ...u16(at), ...u32(at), ...u32(ssrc), ...rest])),
  );

/** Sends where she sends, from elsewhere, `times` packets for each stream of hers that nobody of the room would send. */
export async function storm(guest: Guest, times: number): Promise<void> {
  const socket = createSocket("udp4");
  for (const { address, port, sends } of await waysOf(guest)) {
    for (const { ssrc } of sends) {
      for (const bytes of fc.sample(packet(ssrc), times)) await new Promise((resolve) => socket.send(bytes, port, address, resolve));
    }
  }
  await new Promise<void>((resolve) => socket.close(resolve));
}
