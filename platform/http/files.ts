import { readFileSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import type { House } from "./house.ts";
import { anyone, Room } from "./room.ts";
import { pageHeaders } from "./show.ts";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
};
const packed = /\.(br|gz)$/;

type Kept = { readonly type: string; readonly plain: Buffer; readonly br: Buffer | undefined; readonly gzip: Buffer | undefined };

/** The built files of `folder`, read once at start, as the build left and packed them; their names change with their content, so browsers keep them for good. */
export function filesRoom(house: House, folder: URL): Room {
  const room = new Room(house);
  const names = new Set(readdirSync(folder));
  const read = (name: string) => (names.has(name) ? readFileSync(new URL(name, folder)) : undefined);
  const kept = new Map<string, Kept>();
  for (const name of names) {
    const plain = packed.test(name) ? undefined : read(name);
    if (plain) kept.set(name, { type: types[extname(name)] ?? "application/octet-stream", plain, br: read(`${name}.br`), gzip: read(`${name}.gz`) });
  }
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
