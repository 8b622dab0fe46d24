import { keepPages, sendKept } from "../../../../platform/http/kept.ts";
import { anyone, type Door, type Room } from "../../../../platform/http/room.ts";
import { pageHeaders } from "../../../../platform/http/show.ts";
import { regionMap } from "../../map/queries.ts";
import { places } from "../../places/queries.ts";
import type { AreaId } from "../../types.ts";
import { shardKeeper } from "./queries.ts";

const forADay = "public, max-age=86400";
const forGood = "public, max-age=31536000, immutable";
/** A phone asks again after five minutes, and then mostly hears that nothing changed. The clocks in it are read on the phone, so age makes nothing untrue. */
const forMinutes = "public, max-age=300";

/** What her phone fetches to search by itself: listings by region, postal codes, towns. Addresses name a region at most, never a query or a place. */
export function shardRoutes(room: Room): void {
  const { house } = room;
  const shardOf = shardKeeper(house);
  const kept = keepPages(60);

  room.get("/find/shards/:file", anyone, async (c) => {
    const area = /^([a-z]{2}(?:-[a-z]{2})?)\.json$/.exec(c.req.param("file") ?? "")?.[1]?.toUpperCase() as AreaId | undefined;
    const shard = area && (await shardOf(area));
    if (!shard) return c.notFound();
    const { etag, ...bytes } = shard;
    const headers = { ...pageHeaders, etag, "cache-control": forMinutes, vary: "accept-encoding", "content-type": "application/json" };
    if (c.req.header("if-none-match") === etag) return new Response(null, { status: 304, headers });
    return packed(c, headers, bytes);
  });

  room.get("/find/maps/:file", anyone, (c) => {
    const map = regionMap(/^([a-z]{2}(?:-[a-z]{2})?)\.json$/.exec(c.req.param("file") ?? "")?.[1]?.toUpperCase() ?? "");
    return map ? sendKept(c, kept(map.area, "", () => JSON.stringify(map), "application/json"), { "cache-control": forADay }) : c.notFound();
  });

  room.get("/find/places/:file", anyone, (c) => {
    const [, country = "", kind = "", hash = ""] = /^([a-z]{2})-(postcodes|towns)-([0-9a-f]{10})$/.exec(c.req.param("file") ?? "") ?? [];
    const file = places().packedFile(kind === "towns" ? "towns" : "postcodes", country.toUpperCase());
    if (!file || file.name !== `${country}-${kind}-${hash}`) return c.notFound();
    const headers = { ...pageHeaders, "cache-control": forGood, vary: "accept-encoding", "content-type": "application/octet-stream" };
    return packed(c, headers, file);
  });
}

type Bytes = Uint8Array<ArrayBuffer>;

/** In the smallest form that her browser takes. */
function packed(c: Door, headers: Record<string, string>, { br, gzip, plain }: { br: Bytes; gzip?: Bytes; plain: Bytes | (() => Bytes) }): Response {
  const accepted = c.req.header("accept-encoding") ?? "";
  if (/\bbr\b/.test(accepted)) return new Response(br, { headers: { ...headers, "content-encoding": "br" } });
  if (gzip && /\bgzip\b/.test(accepted)) return new Response(gzip, { headers: { ...headers, "content-encoding": "gzip" } });
  return new Response(typeof plain === "function" ? plain() : plain, { headers });
}

