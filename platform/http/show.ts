import { gzipSync } from "node:zlib";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Door } from "./room.ts";

/** The one style that Turbo 8 puts into a page by itself (its progress bar), named by its hash; a journey fails when an update changes it. */
const turboStyle = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='";

/** Sent with every page. No inline script, no style but those named here by their hash, nobody else's anything, no address given away. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    `default-src 'none'; script-src 'self'; style-src 'self' ${turboStyle}; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-robots-tag": "noindex",
};

/** Sent with every answer that is no page (data, a redirection, nothing at all), where its room says nothing else: shown by itself, it may load and do nothing, and is stored nowhere. */
export const answerHeaders: readonly (readonly [string, string])[] = [
  ["cache-control", "no-store"],
  ["content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ...["referrer-policy", "x-content-type-options", "cross-origin-resource-policy", "strict-transport-security"].map((name) => [name, pageHeaders[name] ?? ""] as const),
];

// A window that holds a page of ours: half the memory to make ready each time. Level 2: a third less work than 4 for 3 % more bytes.
const gzip = { level: 2, windowBits: 14, memLevel: 7, chunkSize: 8 * 1024 };

/** The policy of a page that carries a style of its own, named by its hash (`source`). */
export const withStyle = (source: string): Readonly<Record<string, string>> => ({
  "content-security-policy": (pageHeaders["content-security-policy"] ?? "").replace(turboStyle, `${turboStyle} ${source}`),
});

export const asHtml = (view: VNode): string => `<!doctype html>${renderToString(view)}`;

/** A spreadsheet to keep, stored nowhere on its way. */
export const csvFile = (name: string, body: string | ReadableStream<Uint8Array>): Response =>
  new Response(body, { headers: { ...pageHeaders, "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" } });

/** Renders a page and sends it; pages of people are never stored by a browser or a proxy. */
export function show(c: Door, view: VNode, status = 200): Response {
  return sendHtml(c, asHtml(view), status);
}

/** A picture of ours that one of our own pages shows, and no other site's; it stays in no cache, since it can be taken away. */
export const showPicture = (c: Door, jpeg: Uint8Array): Response => c.body(Uint8Array.from(jpeg), 200, { ...Object.fromEntries(answerHeaders), "content-type": "image/jpeg", "content-disposition": "inline" });

/** A small page that one of our own pages holds in a frame. */
export function showInFrame(c: Door, view: VNode): Response {
  const page = show(c, view);
  page.headers.set("content-security-policy", (pageHeaders["content-security-policy"] ?? "").replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
  page.headers.set("x-frame-options", "SAMEORIGIN");
  return page;
}

/** A page whose script may ask the browser where it is, once she presses for it. What it learns stays in that browser. */
export const showWithPlace = (c: Door, view: VNode, status = 200): Response => allowing(show(c, view, status), "geolocation");

/** A page whose script may ask for the microphone and the camera, once she presses for it. `media`: the one server besides us that it may connect to. */
export function showWithVoice(c: Door, view: VNode, status = 200, media?: string): Response {
  const page = allowing(show(c, view, status), "camera", "microphone");
  if (media !== undefined) page.headers.set("content-security-policy", (pageHeaders["content-security-policy"] ?? "").replace("connect-src 'self'", `connect-src 'self' ${media}`));
  return page;
}

function allowing(page: Response, ...asked: readonly ("geolocation" | "camera" | "microphone")[]): Response {
  page.headers.set("permissions-policy", asked.reduce((policy, one) => policy.replace(`${one}=()`, `${one}=(self)`), pageHeaders["permissions-policy"] ?? ""));
  return page;
}

const htmlHeaders = { ...pageHeaders, "content-type": "text/html; charset=utf-8", "cache-control": "no-store", vary: "accept-encoding" };
const packedHeaders = { ...htmlHeaders, "content-encoding": "gzip" };

// Every page is made into bytes here, one after the other, instead of each in memory of its own.
const bytes = Buffer.allocUnsafeSlow(256 * 1024);
const packed = (html: string) => gzipSync(3 * html.length <= bytes.length ? bytes.subarray(0, bytes.write(html)) : html, gzip);

/** By `c.body`, which adds what was set before (cookies above all): to ask `c.res` for that would make a stream of every page, at a tenth of its cost. */
function sendHtml(c: Door, html: string, status: number): Response {
  if (html.length > 1000 && /\bgzip\b/.test(c.req.header("accept-encoding") ?? "")) return c.body(packed(html), status as ContentfulStatusCode, packedHeaders);
  return c.body(html, status as ContentfulStatusCode, htmlHeaders);
}

const streamType = "text/vnd.turbo-stream.html";

/** Do scripts run, so that an act can leave its page open? */
export const actsInPlace = (c: Door): boolean => (c.req.header("accept") ?? "").includes(streamType);

/** After an act on a page that must stay, as its sound would end with it: where scripts run, what changes in it by this; without them, back to it. */
export function actedInPlace(c: Door, path: string, changes?: VNode): Response {
  if (!actsInPlace(c)) return c.redirect(path, 303);
  return c.body(changes ? renderToString(changes) : "", 200, { "content-type": `${streamType}; charset=utf-8`, "cache-control": "no-store" });
}

/** A fragment for a frame or a stream that the page already holds. */
export const fragment = (view: VNode): string => renderToString(view);
