import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../cast/test-house.ts";
import { clocksOf } from "./queries.ts";
import { classOf, complaintsGoTo, dataClasses, healthClasses, tablesOf } from "./rules.ts";
import { classIds } from "./types.ts";
import en from "./words/en.json" with { type: "json" };
import es from "./words/es.json" with { type: "json" };

const house = await openTestHouse();

describe("the classes of what is kept", () => {
  it("hold every table of the database, and no table that is not there", async () => {
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(house.db);
    expect(Object.keys(classOf).sort()).toEqual(rows.map(({ name }) => name).sort());
    for (const id of classIds) expect(tablesOf(id).length, id).toBeGreaterThan(0);
  });

  it("that say they are sealed have a table in which something is", async () => {
    const { rows } = await sql<{ name: string }>`select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name ~ '(sealed|wrapped_key|hash|fingerprint|^key$)'`.execute(house.db);
    const sealing = new Set(rows.map(({ name }) => name));
    for (const id of classIds) if (dataClasses[id].sealed) expect(tablesOf(id).some((table) => sealing.has(table)), id).toBe(true);
  });

  it("about a parent are health data, each of them", () => {
    expect(healthClasses).toContain("account");
    expect(healthClasses).toContain("log");
    expect(healthClasses).not.toContain("listings");
  });
});

describe("how long something is kept", () => {
  it.each([["en", en], ["es", es]])("has no number in its words that was typed by hand, in %s", (_language, words) => {
    for (const [key, sentence] of Object.entries(words)) if (key.startsWith("kept_")) expect(sentence, key).not.toMatch(/\d/);
  });

  it("is said by every rule that lets something go", () => {
    const said = Object.entries(en).filter(([key]) => key.startsWith("kept_")).map(([, sentence]) => sentence).join(" ");
    for (const name of Object.keys(clocksOf())) expect(said, name).toContain(`{${name},`);
  });
});

it.each([["US", "US"], ["GB", "GB"], ["ES", "EU"], ["NO", "EU"], ["MX", "other"], ["", "other"]])("in %s somebody complains to whom the law of %s names", (country, where) => {
  expect(complaintsGoTo(country)).toBe(where);
});
