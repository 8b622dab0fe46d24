import { isIP } from "node:net";
import type { House } from "./house.ts";
import { addressOf } from "./limits.ts";
import type { Door } from "./room.ts";

/** Addresses that tell nobody apart: this machine, a private network, a proxy that names nobody. */
const ofNobody = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.|^::1?$|^f[cd]|^fe[89ab]/i;

/** The line that one household or phone has: the whole address of IPv4, the first /64 of IPv6. Undefined where it is nobody's. */
export function lineOf(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIP(plain) === 0 || ofNobody.test(plain)) return undefined;
  if (isIP(plain) === 4) return plain;
  const [before = "", after] = plain.split("::");
  const [head, tail] = [before, after ?? ""].map((half) => half.split(":").filter(Boolean));
  const left = after === undefined ? 0 : 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  const groups = [...(head ?? []), ...Array<string>(Math.max(0, left)).fill("0"), ...(tail ?? [])];
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}

/**
 * Tells the browser that asks from others, as a keyed fingerprint (32 bytes) of its line, its name and its languages. It leaves nothing on
 * her phone. Undefined where the address is nobody's: then one block would meet everyone.
 */
export function openerAt(c: Door, house: House): Buffer | undefined {
  const line = lineOf(addressOf(c, house.environment.TRUSTED_PROXIES));
  if (!line) return undefined;
  return house.keys.fingerprint("opener", JSON.stringify([line, c.req.header("user-agent") ?? "", c.req.header("accept-language") ?? ""]));
}
