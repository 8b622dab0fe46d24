import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createGzip, gzip } from "node:zlib";
import type { Instant } from "../time/time.ts";
import type { House } from "./house.ts";
import type { Door } from "./room.ts";

const compress = promisify(gzip);

const dataHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-robots-tag": "noindex",
  vary: "accept-encoding, accept-language",
};

const takesGzip = (c: Door): boolean => /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");

type How = { readonly status?: number; readonly type?: string; readonly modifiedAt?: Instant | undefined; readonly headers?: Readonly<Record<string, string>> };

/**
 * Answers with data that everyone may read. A GET says how it can be asked again (ETag, Last-Modified) and is answered 304 while it is the same;
 * a POST, whose words are to be kept nowhere, is not stored.
 */
export async function answerData(c: Door, value: unknown, { status = 200, type = "application/json; charset=utf-8", modifiedAt, headers = {} }: How = {}): Promise<Response> {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  const asked = c.req.method !== "POST" && status === 200;
  const tag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const again: Record<string, string> = asked ? { etag: tag, "cache-control": "no-cache", ...(modifiedAt ? { "last-modified": httpDate(modifiedAt) } : {}) } : { "cache-control": "no-store" };
  const all = { ...dataHeaders, ...again, ...headers };
  if (asked && isSame(c, tag, again["last-modified"])) return new Response(null, { status: 304, headers: all });
  const small = body.length < 1000 || !takesGzip(c);
  const bytes = small ? body : new Uint8Array(await compress(body, { level: 4 }));
  return new Response(bytes, { status, headers: { ...all, "content-type": type, ...(small ? {} : { "content-encoding": "gzip" }) } });
}

/** RFC 9110, 13.2.2: an ETag that is named decides; otherwise the very moment that we said. */
function isSame(c: Door, tag: string, lastModified: string | undefined): boolean {
  const tags = c.req.header("if-none-match");
  if (tags !== undefined) return tags.trim() === "*" || tags.split(",").some((one) => one.trim().replace(/^(W\/)?/, "W/") === tag);
  return lastModified !== undefined && c.req.header("if-modified-since") === lastModified;
}

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number: number) => String(number).padStart(2, "0");

/** As HTTP writes a moment: "Tue, 24 Nov 2026 11:00:00 GMT". */
export function httpDate(at: Instant): string {
  const { dayOfWeek, day, month, year, hour, minute, second } = at.toZonedDateTimeISO("UTC");
  return `${days[dayOfWeek - 1]}, ${two(day)} ${months[month - 1]} ${year} ${two(hour)}:${two(minute)}:${two(second)} GMT`;
}

/** Long answers that one process gives at a time; the others wait, so that nobody's conversation does. */
export const mostStreams = 4;
/** A reader who is not through by then is let go. */
const mostMinutes = 30;

const streams = new WeakMap<House, number>();

/**
 * Answers with a long text, made a piece at a time as it is read: never whole in memory, and no connection to the database is held between two pieces.
 * Undefined when too many are under way.
 */
export function streamData(c: Door, house: House, pieces: () => AsyncIterable<string | Uint8Array>, type: string, headers: Readonly<Record<string, string>> = {}): Response | undefined {
  const under = streams.get(house) ?? 0;
  if (under >= mostStreams) return undefined;
  const packed = takesGzip(c) && type !== "application/zip";
  const all = { ...dataHeaders, "content-type": type, "cache-control": "no-store", ...headers, ...(packed ? { "content-encoding": "gzip" } : {}) };
  if (c.req.method === "HEAD") return new Response(null, { headers: all });
  streams.set(house, under + 1);
  const from = Readable.from(pieces(), { objectMode: false });
  const stream = packed ? from.pipe(createGzip({ level: 4 })) : from;
  const timer = setTimeout(() => from.destroy(new Error("too slow")), mostMinutes * 60_000).unref();
  from.once("error", (error) => stream.destroy(error));
  stream.once("close", () => {
    clearTimeout(timer);
    from.destroy();
    streams.set(house, (streams.get(house) ?? 1) - 1);
  });
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { headers: all });
}

/** What is wrong with one thing that was said. */
export type Wrong = { readonly name: string; readonly reason: string };

/** Says kindly what went wrong, for machines and whoever reads their logs (RFC 9457). */
export const answerProblem = (c: Door, status: number, problem: { readonly type: string; readonly title: string; readonly detail: string; readonly invalid?: readonly Wrong[]; readonly [more: string]: unknown }, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  answerData(c, { ...problem, status }, { status, type: "application/problem+json", headers });
