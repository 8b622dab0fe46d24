import { createHmac } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { sameSecret } from "../crypto/seal.ts";
import type { House } from "./house.ts";
import type { Door } from "./room.ts";

/** Openings of one network prefix in ten minutes before the next ones wait their turn. */
export const freeOpenings = 20;
/** How long one opening beyond them waits. A person waits once; a machine gets six a minute from a whole prefix. */
export const turnSeconds = 10;

/**
 * The part of the address that one household, phone mast or machine farm shares: /24 of IPv4, /48 of IPv6.
 * Behind proxies of one's own, the address is the one that the outermost of them saw.
 */
export function networkPrefix(c: Door, trustedProxies: number): string {
  const forwarded = (c.req.header("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const socket = c.env?.incoming?.socket?.remoteAddress ?? "";
  const address = (trustedProxies > 0 ? forwarded.at(-trustedProxies) : socket) || socket;
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  return v4 ?? address.split(":").slice(0, 3).join(":");
}

/** What limits an open door without ever locking out a first message. Addresses are held as keyed fingerprints, in memory, for minutes. */
export type Limits = {
  /** Undefined: open at once. Otherwise a ticket that counts after `seconds`. */
  openingTurn(c: Door, ticket: string): Promise<{ ticket: string; seconds: number } | undefined>;
  /** A conversation that sends more than a person can write. */
  tooManyMessages(conversationId: string): Promise<boolean>;
  /** Seconds until six words may be tried again from here; 0 is now. */
  waitForCode(c: Door): Promise<number>;
};

const taken = new WeakMap<House, Limits>();

export function limitsOf(house: House): Limits {
  let limits = taken.get(house);
  if (!limits) taken.set(house, (limits = makeLimits(house)));
  return limits;
}

function makeLimits(house: House): Limits {
  const openings = new RateLimiterMemory({ points: freeOpenings, duration: 600 });
  const codes = new RateLimiterMemory({ points: 10, duration: 600 });
  const messages = new RateLimiterMemory({ points: 120, duration: 60 });
  const turns = new Map<string, number>();
  const from = (c: Door) => house.keys.fingerprint("network-prefix", networkPrefix(c, house.environment.TRUSTED_PROXIES)).toString("base64url");
  const spend = async (limiter: RateLimiterMemory, key: string): Promise<number> => {
    try {
      await limiter.consume(key);
      return 0;
    } catch (spent) {
      return Math.ceil((spent as { msBeforeNext: number }).msBeforeNext / 1000);
    }
  };
  const sign = (text: string) => createHmac("sha256", house.keys.signing("turn")).update(text).digest();
  const nowMs = () => house.now().epochMilliseconds;
  const sweep = () => {
    for (const [key, at] of turns) if (at < nowMs()) turns.delete(key);
  };
  return {
    async openingTurn(c, ticket) {
      const key = from(c);
      const [at = "", mark = ""] = ticket.split(".");
      const counts = /^\d{13}$/.test(at) && sameSecret(Buffer.from(mark, "base64url"), sign(`${key}.${at}`));
      if (counts && Number(at) <= nowMs() && !turns.has(`used ${ticket}`)) {
        turns.set(`used ${ticket}`, nowMs() + 3_600_000);
        return undefined;
      }
      if (counts && Number(at) > nowMs()) return { ticket, seconds: Math.ceil((Number(at) - nowMs()) / 1000) };
      if ((await spend(openings, key)) === 0) return undefined;
      sweep();
      // Everyone of one prefix stands in one line, a turn apart, so waiting in parallel gains a machine nothing.
      const turn = Math.max(turns.get(key) ?? 0, nowMs()) + turnSeconds * 1000;
      turns.set(key, turn);
      return { ticket: `${turn}.${sign(`${key}.${turn}`).toString("base64url")}`, seconds: Math.ceil((turn - nowMs()) / 1000) };
    },
    tooManyMessages: async (conversationId) => (await spend(messages, conversationId)) > 0,
    waitForCode: (c) => spend(codes, from(c)),
  };
}
