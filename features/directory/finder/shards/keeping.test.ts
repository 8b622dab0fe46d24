import { sql } from "kysely";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { inTransaction } from "../../../../platform/db/transaction.ts";
import { confirmListing, makeListing } from "../../factory.ts";
import { relist } from "../../listing/commands.ts";
import { takeOut } from "../../reports/commands.ts";
import type { AreaId, ServiceId } from "../../types.ts";
import { shardKeeper, type ShardFile } from "./queries.ts";
import { unpackShard, type Shard } from "./rules.ts";

const house = await openTestHouse();
const texas = "US-TX" as AreaId;
const namesIn = (file: ShardFile | undefined) => unpackShard(JSON.parse(Buffer.from(file?.plain ?? []).toString()) as Shard).map(({ card }) => card.name).sort();
const inTexas = (name: string) => makeListing(house, { name, region: "TX", at: { latitude: 30.27, longitude: -97.74 } });
let [moon, sun] = ["" as ServiceId, "" as ServiceId];

beforeEach(async () => {
  house.setClock("2026-11-26T03:00:00Z");
  await sql`delete from services`.execute(house.db);
  [moon, sun] = [await inTexas("Moon"), await inTexas("Sun")];
});

it("is read and packed once, however many ask after a change", async () => {
  const shardOf = shardKeeper(house);
  const asked = vi.spyOn(house.db, "getExecutor");
  for (let turn = 0; turn < 2; turn++) {
    house.passTime({ hours: 1 });
    await confirmListing(house, moon);
    asked.mockClear();
    const files = await Promise.all(Array.from({ length: 20 }, () => shardOf(texas)));
    expect(new Set(files).size).toBe(1);
    expect(namesIn(files[0])).toEqual(["Moon", "Sun"]);
    expect(asked.mock.calls.length, "its mark and its rows").toBe(2);
  }
  asked.mockRestore();
});

it("of more rows than are read at a time holds each of them once, in its order", async () => {
  await sql`with made as (insert into locations (id, name, latitude, longitude, edited_at) select gen_random_uuid(), 'Room', 30, -97, now() from generate_series(1, 2100) returning id) insert into services_at_locations (id, service_id, location_id) select gen_random_uuid(), ${moon}::uuid, id from made`.execute(house.db);
  await sql`insert into addresses (id, location_id, address_1, city, state_province, postal_code, country, address_type) select gen_random_uuid(), id, '', 'Austin', 'TX', '', 'US', 'physical' from locations where name = 'Room'`.execute(house.db);
  await confirmListing(house, moon);
  await inTransaction(house, (act) => relist(act, [moon]));
  const listings = unpackShard(JSON.parse(Buffer.from((await shardKeeper(house)(texas))?.plain ?? []).toString()) as Shard);
  expect([listings.length, new Set(listings.map(({ id }) => id)).size]).toEqual([2_102, 2_102]);
  expect(listings.map(({ id }) => id)).toEqual(listings.map(({ id }) => id).sort());
});

describe("of a large region", () => {
  const later = async (seconds: number) => house.passTime({ seconds });

  it("what was packed before is given out while it is packed anew, once a minute", async () => {
    const shardOf = shardKeeper(house, 1);
    const first = await shardOf(texas);
    await later(10);
    await confirmListing(house, moon);
    for (let turn = 0; turn < 3; turn++) {
      await later(3);
      expect(await shardOf(texas)).toBe(first);
    }
    await later(60);
    expect(await shardOf(texas), "who asks first does not wait").toBe(first);
    await vi.waitFor(async () => expect(await shardOf(texas)).not.toBe(first));
    const second = await shardOf(texas);
    await later(3);
    expect(await shardOf(texas)).toBe(second);
  });

  it("what was taken away leaves at once, also while another file is on its way", async () => {
    const shardOf = shardKeeper(house, 1);
    const first = await shardOf(texas);
    await later(70);
    await confirmListing(house, moon);
    expect(await shardOf(texas)).toBe(first);
    await inTransaction(house, (act) => takeOut(act, sun, "inactive"));
    await later(3);
    expect(namesIn(await shardOf(texas))).toEqual(["Moon"]);
    for (let turn = 0; turn < 5; turn++) {
      await later(3);
      expect(namesIn(await shardOf(texas))).toEqual(["Moon"]);
    }
  });

  it("what is hidden by a change is so in the next file that is given out", async () => {
    const shardOf = shardKeeper(house, 1);
    await shardOf(texas);
    await later(3);
    await sql`update listings set hidden_at = ${house.now()}::timestamptz, changed_at = ${house.now()}::timestamptz where service_id = ${sun}::uuid`.execute(house.db);
    const listings = unpackShard(JSON.parse(Buffer.from((await shardOf(texas))?.plain ?? []).toString()) as Shard);
    expect(listings.find(({ card }) => card.name === "Sun")?.hiddenAt).toBeLessThanOrEqual(house.now().epochMilliseconds);
  });
});
