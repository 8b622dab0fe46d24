import { createHmac } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { sameSecret } from "../crypto/seal.ts";
import type { House } from "./house.ts";
import type { Door } from "./room.ts";

/** Openings of one network prefix in ten minutes before the next ones wait their turn. */
export const freeOpenings = 20;
/** How long one opening beyond them waits. A person waits once; a machine gets six a minute from a whole prefix. */
export const turnSeconds = 10;
/** How long a turn that has come is kept for her; after that she waits for another. */
export const turnKeptMinutes = 30;
/** Wrong codes of one network prefix in ten minutes, before the next ones wait. Right ones are not counted. */
export const wrongCodes = 100;
/** Seats in groups that one network prefix may ask for in ten minutes. */
export const seatsOfPrefix = 15;
/** Posts that one member may write in ten minutes. */
export const postsOfMember = 12;
/** Streams that one session or conversation may hold open at a time: a tab each. */
export const streamsOfOne = 12;
/** Streams of one network prefix. */
export const streamsOfPrefix = 200;

/** An address of this machine: our own checks, or a proxy that names nobody. */
export const isOurselves = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

/**
 * The part of the address that one household, phone mast or machine farm shares: /24 of IPv4, /48 of IPv6.
 * Behind proxies of one's own, the address is the one that the outermost of them saw.
 */
export function networkPrefix(c: Door, trustedProxies: number): string {
  const address = addressOf(c, trustedProxies);
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  return v4 ?? address.split(":").slice(0, 3).join(":");
}

/** Her address, as the outermost proxy of our own saw it. */
export function addressOf(c: Door, trustedProxies: number): string {
  const forwarded = (c.req.header("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const socket = c.env?.incoming?.socket?.remoteAddress ?? "";
  return (trustedProxies > 0 ? forwarded.at(-trustedProxies) : socket) || socket;
}

/** What limits an open door without ever locking out a first message. Addresses are held as keyed fingerprints, in memory, for minutes. */
export type Limits = {
  /** Undefined: open at once. Otherwise a ticket that counts after `seconds`. */
  openingTurn(c: Door, ticket: string): Promise<{ ticket: string; seconds: number } | undefined>;
  /** One side of a conversation that sends more than a person can write; `key` names conversation and side. */
  tooManyMessages(key: string): Promise<boolean>;
  /** Small acts that pages do by themselves ("is writing", "was shown"), more of them than a page does. */
  tooManyActs(key: string): Promise<boolean>;
  /** More seats asked for from one network than a ward or a shelter would. */
  tooManySeats(c: Door): Promise<boolean>;
  /** More posts of one member than anybody writes who thinks of who reads them. */
  tooManyPosts(key: string): Promise<boolean>;
  /** Seconds until six words may be tried again from here; 0 is now. Asking counts nothing. */
  waitForCode(c: Door): Promise<number>;
  /** Six words that open nothing were tried from here. */
  noteWrongCode(c: Door): Promise<void>;
  /** A place for one more stream of `key` (a session, a conversation) from here; call what it answers when the stream ends. Undefined: there are enough. */
  streamPlace(c: Door, key: string): (() => void) | undefined;
};

const taken = new WeakMap<House, Limits>();

export function limitsOf(house: House): Limits {
  let limits = taken.get(house);
  if (!limits) taken.set(house, (limits = makeLimits(house)));
  return limits;
}

function makeLimits(house: House): Limits {
  const openings = new RateLimiterMemory({ points: freeOpenings, duration: 600 });
  const codes = new RateLimiterMemory({ points: wrongCodes, duration: 600 });
  const messages = new RateLimiterMemory({ points: 120, duration: 60 });
  const acts = new RateLimiterMemory({ points: 60, duration: 60 });
  const seats = new RateLimiterMemory({ points: seatsOfPrefix, duration: 600 });
  const posts = new RateLimiterMemory({ points: postsOfMember, duration: 600 });
  const streams = new Map<string, number>();
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
      const kept = Number(at) + turnKeptMinutes * 60_000 >= nowMs();
      if (counts && Number(at) <= nowMs() && kept && !turns.has(`used ${ticket}`)) {
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
    tooManyMessages: async (key) => (await spend(messages, key)) > 0,
    tooManyActs: async (key) => (await spend(acts, key)) > 0,
    tooManySeats: async (c) => (await spend(seats, from(c))) > 0,
    tooManyPosts: async (key) => (await spend(posts, key)) > 0,
    async waitForCode(c) {
      const spent = await codes.get(from(c));
      return spent && spent.consumedPoints >= wrongCodes ? Math.ceil(spent.msBeforeNext / 1000) : 0;
    },
    async noteWrongCode(c) {
      await spend(codes, from(c));
    },
    streamPlace(c, key) {
      const address = addressOf(c, house.environment.TRUSTED_PROXIES);
      const places: [string, number][] = [[`of ${key}`, streamsOfOne]];
      if (!isOurselves(address)) places.push([`from ${from(c)}`, streamsOfPrefix]);
      if (places.some(([place, most]) => (streams.get(place) ?? 0) >= most)) return undefined;
      for (const [place] of places) streams.set(place, (streams.get(place) ?? 0) + 1);
      return () => {
        for (const [place] of places.splice(0)) {
          const left = (streams.get(place) ?? 1) - 1;
          if (left > 0) streams.set(place, left);
          else streams.delete(place);
        }
      };
    },
  };
}
