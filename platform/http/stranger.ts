import { isToken, newToken } from "../crypto/seal.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import type { House } from "./house.ts";
import { networkPrefix } from "./limits.ts";
import type { Door } from "./room.ts";

const month = 60 * 60 * 24 * 30;
const half = 16;

/**
 * Tells one visitor from another and says nothing of either: 16 bytes of keyed digest of a mark that her browser keeps for a month,
 * 16 of her network's prefix. Whoever asks for it gives her browser the mark, so ask only when she posts something that counts people.
 */
export function strangerAt(c: Door, house: House): Buffer {
  const kept = readCookie(c, "mark");
  const mark = isToken(kept) ? kept : newToken();
  writeCookie(c, "mark", mark, month);
  const network = house.keys.fingerprint("stranger-network", networkPrefix(c, house.environment.TRUSTED_PROXIES));
  return Buffer.concat([house.keys.fingerprint("stranger", mark).subarray(0, half), network.subarray(0, half)]);
}
