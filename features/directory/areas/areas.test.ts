import { beforeAll, describe, expect, it, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { languages } from "../../../platform/i18n/words.ts";
import type { AreaId } from "../types.ts";
import { makeMember } from "../../accounts/factory.ts";
import { endRole, giveRole } from "../../accounts/people/commands.ts";
import { staffScope } from "../../../platform/http/scope.ts";
import { allAreas, areaCounts, seatsHeld, seatsOf } from "./queries.ts";
import { above, areaIdOf, areaName, areaPath, regions } from "./rules.ts";
import { makeListing } from "../factory.ts";
import { furnishTheStreet } from "../../../cast/street.ts";

let house: TestHouse;
let members: Awaited<ReturnType<typeof furnishTheStreet>>;
beforeAll(async () => {
  house = await openTestHouse();
  members = await furnishTheStreet(house);
});

const area = (id: string) => id as AreaId;

test("56 regions and every country are areas, each with a name in both languages and an address of its own", async () => {
  const areas = await allAreas(house.db);
  expect(areas.filter(({ parent }) => parent === "US").map(({ id }) => id)).toEqual(regions);
  expect(regions).toHaveLength(56);
  expect(areas.filter(({ parent }) => !parent).length).toBeGreaterThanOrEqual(240);
  for (const { id } of areas) {
    expect(areaIdOf(areaPath(id))).toBe(id);
    for (const language of languages) expect(areaName(id, language), id).not.toBe(id);
  }
  expect(new Set(areas.map(({ id }) => areaPath(id))).size).toBe(areas.length);
});

it.each(["", "us-", "us-texas", "u1", "us-tx.", "us-tx.a/b", "../us", "us-tx.Ñ"])("'%s' is no address of an area", (path) => expect(areaIdOf(path)).toBeUndefined());

test("who looks after a part, a region or a country: the nearest seat that is held", async () => {
  await house.db.insertInto("areas").values({ id: "US-TX/north", parent: "US-TX", name: "North Texas", postal_prefixes: ["750", "751"] }).execute();
  expect(above("US-TX/north")).toEqual(["US-TX", "US"]);
  expect(await seatsOf(house.db, area("US-TX/north"), house.now())).toBeUndefined();
  await house.db.insertInto("coordinator_seats").values({ area_id: "US", member_id: members.lucia, since: house.now() }).execute();
  expect(await seatsOf(house.db, area("US-TX/north"), house.now())).toMatchObject({ of: "US", members: [{ memberId: members.lucia }] });
  await house.db.insertInto("coordinator_seats").values({ area_id: "US-TX", member_id: members.judith, since: house.now() }).execute();
  expect(await seatsOf(house.db, area("US-TX/north"), house.now()), "who is no coordinator looks after nothing").toMatchObject({ of: "US" });
  await house.db.insertInto("member_roles").values({ member_id: members.judith, role: "coordinator", given_at: house.now() }).execute();
  expect(await seatsOf(house.db, area("US-TX/north"), house.now())).toMatchObject({ of: "US-TX" });
  await house.db.updateTable("coordinator_seats").set({ until: house.now() }).where("area_id", "=", "US-TX").execute();
  expect(await seatsOf(house.db, area("US-TX/north"), house.now())).toMatchObject({ of: "US" });
});

test("what stands in an area counts what is shown and what is confirmed now", async () => {
  await makeListing(house);
  await makeListing(house, { by: { source: "Lantern 211", method: "import" } });
  expect((await areaCounts(house.db, house.now())).get(area("US-CA"))).toMatchObject({ shown: 2, verified: 1 });
  house.passTime({ hours: 24 * 61 });
  expect((await areaCounts(house.db, house.now())).get(area("US-CA"))).toMatchObject({ shown: 2, verified: 0 });
});

describe("a seat of somebody who", () => {
  const held = async (id: string) => (await areaCounts(house.db, house.now())).get(area(id))?.seats ?? 0;
  const until = async (id: string) => (await house.db.selectFrom("coordinator_seats").select("until").where("area_id", "=", id).executeTakeFirstOrThrow()).until?.toString();
  const seated = async (id: string) => {
    const member = await makeMember(house, ["coordinator"]);
    await house.db.insertInto("coordinator_seats").values({ area_id: id, member_id: member, since: house.now() }).execute();
    expect(await held(id)).toBe(1);
    return member;
  };
  const lucia = () => staffScope({ memberId: members.lucia, name: "Lucía", roles: new Set(["coordinator"]) } as unknown as Parameters<typeof staffScope>[0]);

  it("has left is empty on the map, and ended", async () => {
    const member = await seated("US-OR");
    await house.db.updateTable("members").set({ left_at: house.now() }).where("id", "=", member).execute();
    expect([await held("US-OR"), await until("US-OR")]).toEqual([0, house.now().toString()]);
  });

  it("is a coordinator no more is ended; who gets the role anew keeps hers", async () => {
    const member = await seated("US-WA");
    await giveRole(house, lucia(), member, "coordinator", house.now().add({ hours: 24 }));
    expect([await held("US-WA"), await until("US-WA")]).toEqual([1, undefined]);
    await endRole(house, lucia(), member, "coordinator");
    expect([await held("US-WA"), await until("US-WA")]).toEqual([0, house.now().toString()]);
  });

  it("was given the role for a time counts no longer than that", async () => {
    const member = await seated("US-ID");
    await giveRole(house, lucia(), member, "coordinator", house.now().add({ hours: 24 }));
    house.passTime({ hours: 25 });
    expect(await held("US-ID")).toBe(0);
    expect(await seatsHeld(house.db, house.now())).not.toContainEqual(expect.objectContaining({ area: "US-ID" }));
  });
});
