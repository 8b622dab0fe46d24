import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { House } from "../../../../platform/http/house.ts";
import { secondsBetween, type Instant } from "../../../../platform/time/time.ts";
import type { AreaId } from "../../types.ts";
import { listingsOfShard, shardMark, untokened, type ShardMark } from "../queries.ts";
import type { PocketListing } from "../types.ts";
import { packShard } from "./rules.ts";

export type ShardFile = { readonly etag: string; readonly plain: Uint8Array<ArrayBuffer>; readonly br: Uint8Array<ArrayBuffer>; readonly gzip: Uint8Array<ArrayBuffer> };

type Kept = { readonly mark: ShardMark; readonly madeAt: Instant; readonly file: Promise<ShardFile>; askedAt: Instant; next?: Promise<unknown> };

const askEverySeconds = 2;
/** Of so many rows a region takes a second or more of the processor to pack, and somebody changes one of them all day long. */
const manyRows = 2_000;
const packManyEverySeconds = 60;
const mostKept = 300;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Keeps each area's shard until its rows change: asks the table for that at most every two seconds, and packs in the background threads, once
 * for all who ask meanwhile. While a large region is packed anew, at most once a minute, the file before it is given out: its clocks are read on
 * the phone, so a badge or an answer about room ends by itself. What clocks cannot do is take a listing away that was removed or hidden this
 * moment, perhaps because it is not safe: then nobody is given the file before, and all wait for the new one.
 */
export function shardKeeper({ db, now }: Pick<House, "db" | "now">, many = manyRows): (area: AreaId) => Promise<ShardFile | undefined> {
  const kept = new Map<AreaId, Kept>();
  const asking = new Map<AreaId, Promise<ShardFile | undefined>>();

  const make = async (area: AreaId): Promise<ShardFile> => {
    const listings: PocketListing[] = [];
    for await (const some of listingsOfShard(db, area)) listings.push(...some.map(untokened));
    return pack(packShard(listings, area));
  };

  const keep = (area: AreaId, one: Kept): Promise<ShardFile> => {
    kept.delete(area);
    kept.set(area, one);
    // What could not be made is made at the next asking.
    one.file.catch(() => kept.get(area) === one && kept.delete(area));
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return one.file;
  };

  /** The next file takes the place of `before`, unless something had to leave at once meanwhile. */
  const packNext = async (area: AreaId, before: Kept, mark: ShardMark, at: Instant): Promise<void> => {
    const file = await make(area);
    if (kept.get(area) === before) keep(area, { mark, madeAt: at, askedAt: at, file: Promise.resolve(file) });
  };

  const ask = async (area: AreaId): Promise<ShardFile | undefined> => {
    const at = now();
    const mark = await shardMark(db, area);
    if (mark === undefined) return undefined;
    const before = kept.get(area);
    if (!before || (before.mark.all !== mark.all && (mark.rows < many || mark.there !== before.mark.there))) return keep(area, { mark, madeAt: at, askedAt: at, file: make(area) });
    before.askedAt = at;
    if (before.mark.all !== mark.all && Math.abs(secondsBetween(before.madeAt, at)) >= packManyEverySeconds) before.next ??= packNext(area, before, mark, at).catch(() => delete before.next);
    return before.file;
  };

  return async (area) => {
    const before = kept.get(area);
    if (before && Math.abs(secondsBetween(before.askedAt, now())) < askEverySeconds) return before.file;
    const asked = asking.get(area) ?? ask(area).finally(() => asking.delete(area));
    asking.set(area, asked);
    return asked;
  };
}

/** As JSON, some at a time, so that others have the processor in between. */
async function* piecesOf(value: object): AsyncGenerator<Buffer> {
  let between = "{";
  for (const [name, of] of Object.entries(value) as [string, unknown][]) {
    if (of === undefined) continue;
    yield Buffer.from(`${between}${JSON.stringify(name)}:`);
    if (typeof of === "object" && of !== null && !Array.isArray(of)) yield* piecesOf(of);
    else yield Buffer.from(JSON.stringify(of));
    between = ",";
    await breathe();
  }
  yield Buffer.from(between === "{" ? "{}" : "}");
}

async function pack(shard: object): Promise<ShardFile> {
  const pieces: Buffer[] = [];
  const digest = createHash("sha256");
  for await (const piece of piecesOf(shard)) {
    digest.update(piece);
    pieces.push(piece);
  }
  const plain = new Uint8Array(Buffer.concat(pieces));
  const [br, gz] = await Promise.all([
    brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength } }),
    zip(plain, { level: 9 }),
  ]);
  return { etag: `"${digest.digest("base64url").slice(0, 22)}"`, plain, br: new Uint8Array(br), gzip: new Uint8Array(gz) };
}
