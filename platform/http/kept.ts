import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Door } from "./room.ts";
import { pageHeaders } from "./show.ts";

type Coding = "br" | "gzip" | "plain";

/** One rendered answer with its compressed forms and headers, ready to send again. */
export type Kept = { readonly facts: string; readonly bytes: Readonly<Record<Coding, Uint8Array<ArrayBuffer>>>; readonly headers: Readonly<Record<Coding, Readonly<Record<string, string>>>> };

/**
 * Answers that are the same for many people: each is rendered once for its `key` and kept until its `facts` change.
 * Never for a page that shows anything of one person. At most `limit` are kept; the one unused longest goes first.
 */
export function keepPages(limit = 400): (key: string, facts: string, render: () => string, type?: string) => Kept {
  const pages = new Map<string, Kept>();
  return (key, facts, render, type = "text/html; charset=utf-8") => {
    const before = pages.get(key);
    pages.delete(key);
    const page = before?.facts === facts ? before : keep(facts, render(), type);
    pages.set(key, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= limit) break;
      pages.delete(oldest);
    }
    return page;
  };
}

function keep(facts: string, text: string, type: string): Kept {
  const plain = new Uint8Array(Buffer.from(text, "utf8"));
  const br = new Uint8Array(brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }));
  const gzip = new Uint8Array(gzipSync(plain, { level: 7 }));
  const bytes = { br, gzip, plain };
  const headers = (coding: Coding) => ({
    ...pageHeaders,
    "content-type": type,
    "cache-control": "no-store",
    vary: "accept-encoding",
    "content-length": String(bytes[coding].byteLength),
    ...(coding === "plain" ? {} : { "content-encoding": coding }),
  });
  return { facts, bytes, headers: { br: headers("br"), gzip: headers("gzip"), plain: headers("plain") } };
}

/** Sends a kept answer in the smallest form that the browser takes. `more` headers win over the usual ones. */
export function sendKept(c: Door, page: Kept, more?: Readonly<Record<string, string>>): Response {
  const accepted = c.req.header("accept-encoding") ?? "";
  const coding: Coding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : "plain";
  const headers = page.headers[coding];
  return new Response(page.bytes[coding], { headers: more ? { ...headers, ...more } : headers });
}
