import { lookup, type LookupAddress, type LookupOptions } from "node:dns";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, isIPv4 } from "node:net";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { House } from "./house.ts";
import { publicUrl } from "./public-url.ts";

/** `forbidden`: an address that we ask nothing of. `denied`: an answer that will be the same tomorrow. `wrong`: no JSON, or too much of it. `away`: nobody answers now. */
export type OutsideTrouble = "forbidden" | "denied" | "wrong" | "away";

export class OutsideError extends Error {
  readonly trouble: OutsideTrouble;
  /** In a few words: a status, a host. */
  readonly detail: string;
  /** Seconds after which the other side wants to be asked again. */
  readonly waitSeconds: number | undefined;
  constructor(trouble: OutsideTrouble, detail: string, waitSeconds?: number) {
    super(`${trouble}: ${detail}`);
    this.trouble = trouble;
    this.detail = detail;
    this.waitSeconds = waitSeconds;
  }
}

/** Not of the open internet: this machine, its networks, and what leads there in disguise (RFC 6890 and the registries of IANA). */
const closed = new BlockList();
for (const [net, bits] of [["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4]] as const) closed.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const) closed.addSubnet(net, bits, "ipv6");
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");

/** Is it an address of the open internet? */
export const isOutside = (address: string): boolean => (isIPv4(address) ? !closed.check(address, "ipv4") : isIP(address) === 6 && open6.check(address, "ipv6") && !closed.check(address, "ipv6"));

export type Asking = {
  /** Bytes of one answer, unpacked. */
  readonly most: number;
  readonly seconds: number;
  readonly tries: number;
  /** Between tries: this, then twice as much each time. */
  readonly backoffMs: number;
};
const usual: Asking = { most: 50_000_000, seconds: 60, tries: 5, backoffMs: 1_000 };
/** The other side's wish to wait is fulfilled here and now up to this; beyond it, whoever asks comes back later. */
const longestWait = 60;
const mostRedirects = 3;

/**
 * Asks a server out there for JSON. It goes to no address of this machine or of its networks: the name is looked up once, and what is found is checked and is
 * what is connected to, for each step of a redirection anew. Only https; tests ask themselves. Answers that say "later" are waited for.
 */
export async function askOutside(house: Pick<House, "environment">, address: string, asking: Partial<Asking> = {}): Promise<unknown> {
  const how = { ...usual, ...asking };
  const trusting = house.environment.NODE_ENV === "test";
  const agent = `SmallHours/1 (directory; +${publicUrl(house)})`;
  for (let turn = 1; ; turn++) {
    try {
      return JSON.parse(await askOnce(new URL(address), how, { trusting, agent, redirects: 0 })) as unknown;
    } catch (error) {
      const trouble = troubleOf(error);
      const wait = trouble.waitSeconds ?? (how.backoffMs / 1_000) * 2 ** (turn - 1);
      if (trouble.trouble !== "away" || turn >= how.tries || wait > longestWait) throw trouble;
      await pause(wait * 1_000);
    }
  }
}

function troubleOf(error: unknown): OutsideError {
  if (error instanceof OutsideError) return error;
  if (error instanceof SyntaxError) return new OutsideError("wrong", "JSON");
  return new OutsideError("away", error instanceof Error && "code" in error ? String(error.code) : "");
}

type Step = { readonly trusting: boolean; readonly agent: string; readonly redirects: number };

async function askOnce(url: URL, how: Asking, step: Step): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.username !== "" || url.password !== "" || (url.protocol !== "https:" && !(step.trusting && url.protocol === "http:"))) throw new OutsideError("forbidden", url.protocol);
  if (isIP(host) && !step.trusting && !isOutside(host)) throw new OutsideError("forbidden", host);
  const signal = AbortSignal.timeout(how.seconds * 1_000);
  const options: RequestOptions = { signal, headers: { accept: "application/json", "accept-encoding": "gzip", "user-agent": step.agent }, lookup: step.trusting ? lookup : lookupOutside };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, resolve).on("error", reject).end();
  });
  try {
    const { statusCode: status = 0, headers } = answer;
    if ([301, 302, 303, 307, 308].includes(status) && headers.location) {
      if (step.redirects >= mostRedirects || !URL.canParse(headers.location, url)) throw new OutsideError("denied", String(status));
      return await askOnce(new URL(headers.location, url), how, { ...step, redirects: step.redirects + 1 });
    }
    if (status === 429 || status >= 500) throw new OutsideError("away", String(status), waitOf(headers["retry-after"]));
    if (status !== 200) throw new OutsideError("denied", String(status));
    return await textOf(answer, how.most);
  } finally {
    answer.destroy();
  }
}

/** Finds a name's addresses, and fails where one of them is not out there: what is connected to is what was checked. */
function lookupOutside(name: string, options: LookupOptions, found: (error: Error | null, address: string | LookupAddress[], family?: number) => void): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const first = addresses?.[0];
    if (error || !first) found(error ?? new OutsideError("away", name), []);
    else if (!addresses.every(({ address }) => isOutside(address))) found(new OutsideError("forbidden", name), []);
    else if (options.all) found(null, addresses);
    else found(null, first.address, first.family);
  });
}

/** Seconds of a Retry-After, which may name a moment: "Tue, 24 Nov 2026 11:00:00 GMT". */
export function waitOf(header: string | undefined, now: Temporal.Instant = Temporal.Now.instant()): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,7}$/.test(text)) return Number(text);
  const [, day = "", month = "", year = "", time = ""] = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const at = months.indexOf(month) + 1;
  if (at === 0) return undefined;
  return Math.max(0, now.until(Temporal.Instant.from(`${year}-${String(at).padStart(2, "0")}-${day}T${time}Z`)).total("seconds"));
}
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

async function textOf(answer: IncomingMessage, most: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const gather = async (some: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of some) {
      bytes += piece.length;
      if (bytes > most) throw new OutsideError("wrong", `> ${most}`);
      pieces.push(piece);
    }
  };
  if (answer.headers["content-encoding"] === "gzip") await pipeline(answer, createGunzip(), gather);
  else await pipeline(answer, gather);
  return Buffer.concat(pieces).toString("utf8");
}
