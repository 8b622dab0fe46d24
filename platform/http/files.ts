import { readFileSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { House } from "./house.ts";
import { anyone, Room } from "./room.ts";
import { pageHeaders } from "./show.ts";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};

type Kept = { readonly type: string; readonly plain: Buffer; readonly br: Buffer | undefined; readonly gzip: Buffer | undefined };

function keep(file: URL, name: string): Kept {
  const plain = readFileSync(file);
  const type = types[extname(name)] ?? "application/octet-stream";
  const text = type.startsWith("text/") || type.startsWith("image/svg");
  return {
    type,
    plain,
    br: text ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) : undefined,
    gzip: text ? gzipSync(plain, { level: 9 }) : undefined,
  };
}

/** The built files of `folder`, read and packed once at start; their names change with their content, so browsers keep them for good. */
export function filesRoom(house: House, folder: URL): Room {
  const room = new Room(house);
  const kept = new Map(readdirSync(folder).map((name) => [name, keep(new URL(name, folder), name)]));
  room.get("/assets/:name", anyone, (c) => {
    const file = kept.get(c.req.param("name") ?? "");
    if (!file) return c.notFound();
    const accepts = c.req.header("accept-encoding") ?? "";
    const [encoding, body] = file.br && /\bbr\b/.test(accepts) ? (["br", file.br] as const) : file.gzip && /\bgzip\b/.test(accepts) ? (["gzip", file.gzip] as const) : ([undefined, file.plain] as const);
    return new Response(new Uint8Array(body), {
      headers: { ...pageHeaders, "content-type": file.type, "cache-control": "public, max-age=31536000, immutable", vary: "accept-encoding", ...(encoding ? { "content-encoding": encoding } : {}) },
    });
  });
  return room;
}
