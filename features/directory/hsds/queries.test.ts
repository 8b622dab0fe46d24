import { expect, test } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { factId, facts, factsTaxonomyId } from "../taxonomy/queries.ts";

const house = await openTestHouse();

test("the facts that the standard has no field for are terms that attributes may name", async () => {
  const rows = await house.db.selectFrom("taxonomy_terms").select(["id", "code"]).where("taxonomy_id", "=", factsTaxonomyId).execute();
  expect(new Map(rows.map(({ id, code }) => [code, id]))).toEqual(new Map(facts.map((fact) => [fact, factId(fact)])));
});
