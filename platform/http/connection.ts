import { isIPv6 } from "node:net";
import type { Door } from "./room.ts";

/**
 * The address at the other end, for limits alone; it is never kept or logged as it is.
 * `trustedProxies` is how many of our own proxies stand before us: each adds one address to X-Forwarded-For.
 */
export function addressOf(c: Door, trustedProxies: number): string {
  const direct = c.env?.incoming?.socket?.remoteAddress ?? "";
  if (trustedProxies === 0) return direct;
  const hops = (c.req.header("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxies) || direct;
}

/** The part of an address that one household or company shares: 24 bits of IPv4, 56 of IPv6. */
export function prefixOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+)\.\d+$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address.split(".").slice(0, 3).join(".");
  const [head = "", tail] = address.toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail ? tail.split(":") : [];
  const filled = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back];
  const [a = "0", b = "0", c = "0", d = "0"] = filled;
  return [a, b, c, (Number.parseInt(d, 16) >> 8).toString(16)].join(":");
}
