import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import fc from "fast-check";
import { expect } from "vitest";
import type { Guest } from "./rooms-street.ts";

/** One connection of hers: where it sends to, how that is kept from others, and its streams with what they have sent so far. */
type Way = { readonly address: string; readonly port: number; readonly dtls: string; readonly srtp: string; readonly tls: string; readonly sends: readonly { readonly kind: "audio" | "video"; readonly ssrc: number; readonly payloadType: number; readonly packets: number }[] };

const look = `(async () => {
  const ways = [];
  for (const connection of window.connections) {
    if (connection.connectionState !== "connected") continue;
    const stats = await connection.getStats();
    const all = [...stats.values()];
    const { selectedCandidatePairId, dtlsCipher, srtpCipher, tlsVersion } = all.find(({ type }) => type === "transport");
    const { address, port } = stats.get(stats.get(selectedCandidatePairId).remoteCandidateId);
    const sends = all.filter(({ type }) => type === "outbound-rtp").map(({ kind, ssrc, codecId, packetsSent }) => ({ kind, ssrc, payloadType: stats.get(codecId).payloadType, packets: packetsSent }));
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

const seed = 1726;
const u16 = (number: number) => [number >> 8, number & 255];
const u32 = (number: number) => [...u16(number >>> 16), ...u16(number & 65535)];
const some = (maxLength: number) => fc.uint8Array({ maxLength });
const short = fc.nat(65535);

/** What is nothing, what looks like a check of the way, a sealed record or a report and is none, and a stream of hers with another's words. */
const packet = ({ ssrc, payloadType }: Way["sends"][number]) =>
  fc.oneof(
    some(1400),
    fc.tuple(fc.constantFrom(0x0001, 0x0101, 0x0111, 0x0003), fc.option(short), some(200)).map(([type, length, rest]) => Uint8Array.from([...u16(type), ...u16(length ?? Math.max(0, rest.length - 12)), ...u32(0x2112a442), ...rest])),
    fc.tuple(fc.constantFrom(22, 23), short, some(300)).map(([type, length, rest]) => Uint8Array.from([type, 254, 253, 0, 1, 0, 0, 0, 0, 0, 1, ...u16(length), ...rest])),
    fc.tuple(some(300)).map(([rest]) => Uint8Array.from([23, 254, 253, 0, 1, 0, 0, 0, 0, 0, 1, ...u16(rest.length), ...rest])),
    fc.tuple(fc.constantFrom(200, 201, 203, 205, 206), some(25)).map(([type, rest]) => Uint8Array.from([0x81, type, ...u16(1 + rest.length), ...u32(ssrc), ...[...rest].flatMap((byte) => [byte, 0, 0, 0])])),
    fc.tuple(fc.nat(255), short, short, some(1000)).map(([kind, at, time, rest]) => Uint8Array.from([0x80, kind, ...u16(at), ...u32(time), ...u32(ssrc), ...rest])),
    fc.tuple(short, some(1000)).map(([at, rest]) => Uint8Array.from([0x80, payloadType, ...u16(at), ...u32(960 * at), ...u32(ssrc), ...rest])),
  );

/** Well-formed packets of a stream of hers, one after the other, which nobody has sealed. */
export const forged = 1000;
const inHerName = ({ ssrc, payloadType }: Way["sends"][number], at: number) => Uint8Array.from([0x80, payloadType, ...u16(at), ...u32(960 * at), ...u32(ssrc), ...Array.from({ length: 80 }, (_, byte) => byte)]);

/** What would end a connection if it were sealed: a farewell, a fatal alert, a handshake that begins anew, a record of no known kind; with the epoch of a handshake, and of what follows. */
const cutting = [0, 1].flatMap((epoch) => [[21, 1, 0], [21, 2, 40], [22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [22, 3, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 3, 254, 253, 0], [24], [21, 1, 0, ...Array.from({ length: 24 }, () => 0)]].map(([type = 0, ...rest]) => Uint8Array.from([type, 254, 253, 0, epoch, 0, 0, 0, 0, 0, 9, ...u16(rest.length), ...rest])));

/** Sends where she sends, from elsewhere, what nobody of the room would send: for each stream of hers `times` packets of every sort, and `forged` more of its own. */
export async function storm(guest: Guest, times: number): Promise<void> {
  const ways = await waysOf(guest);
  expect(ways.flatMap(({ sends }) => sends)).not.toEqual([]);
  for (const { address, port, sends } of ways) {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    for (const stream of sends) {
      for (const bytes of [...cutting, ...fc.sample(packet(stream), { numRuns: times, seed }), ...Array.from({ length: forged }, (_, at) => inHerName(stream, at))]) await new Promise<void>((resolve, reject) => socket.send(bytes, port, address, (error) => (error ? reject(error) : resolve())));
    }
    await new Promise<void>((resolve) => socket.close(resolve));
  }
}
