import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { House } from "../../../../platform/http/house.ts";
import { secondsBetween, type Instant } from "../../../../platform/time/time.ts";
import type { AreaId } from "../../types.ts";
import { listingsOfShard, pocketOf, shardMark } from "../queries.ts";
import { packShard } from "./rules.ts";

export type ShardFile = { readonly etag: string; readonly plain: Uint8Array<ArrayBuffer>; readonly br: Uint8Array<ArrayBuffer>; readonly gzip: Uint8Array<ArrayBuffer> };

const askEverySeconds = 2;
const mostKept = 300;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Keeps each area's shard until its rows change: asks the table for that at most every two seconds, and packs in the background threads. */
export function shardKeeper({ db, now }: Pick<House, "db" | "now">): (area: AreaId) => Promise<ShardFile | undefined> {
  const kept = new Map<AreaId, { mark: string; askedAt: Instant; file: Promise<ShardFile> }>();
  const make = async (area: AreaId) => pack(packShard((await listingsOfShard(db, area)).map(pocketOf), area));
  return async (area) => {
    const before = kept.get(area);
    const at = now();
    if (before && Math.abs(secondsBetween(before.askedAt, at)) < askEverySeconds) return before.file;
    const mark = await shardMark(db, area);
    if (mark === undefined) return undefined;
    const file = before?.mark === mark ? before.file : make(area);
    kept.delete(area);
    kept.set(area, { mark, askedAt: at, file });
    // What could not be made is made at the next asking.
    file.catch(() => kept.delete(area));
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return file;
  };
}

async function pack(shard: object): Promise<ShardFile> {
  const plain = new Uint8Array(Buffer.from(JSON.stringify(shard)));
  const [br, gz] = await Promise.all([
    brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength } }),
    zip(plain, { level: 9 }),
  ]);
  return { etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`, plain, br: new Uint8Array(br), gzip: new Uint8Array(gz) };
}
