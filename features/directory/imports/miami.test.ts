import { existsSync } from "node:fs";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../cast/test-house.ts";
import { importFolder } from "./commands.ts";
import { tableNames } from "./tables/rules.ts";

const folder = process.env["OPEN_DATA_DIR"] && `${process.env["OPEN_DATA_DIR"]}/real/miami-211`;
const real = folder && existsSync(folder) ? folder : undefined;
const long = 600_000;

describe.skipIf(!real)("the export of a real 211 (OPEN_DATA_DIR)", async () => {
  const house = await openTestHouse();
  const count = async (from: string): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(house.db)).rows[0]?.n ?? -1;
  const all = async (): Promise<string> => {
    const parts = [...tableNames, "listings", "listing_claims", "listing_duplicates"].map((name) => sql`(select md5(string_agg(md5(x::text), '' order by x.id)) from ${sql.table(name)} x)`);
    return (await sql<{ all: string }>`select concat_ws(' ', ${sql.join(parts)}) as all`.execute(house.db)).rows[0]?.all ?? "";
  };

  it(
    "comes in with every row accounted for, its doubles proposed, and changes nothing the second time",
    async () => {
      const account = await importFolder(house, real!, { name: "Miami 211", country: "US" });
      expect(account.refused).toBeUndefined();
      const row = (rows: number, refused = 0) => ({ rows, taken: rows - refused, merged: 0, unchanged: 0, refused });
      expect(account.counts).toMatchObject({
        "organizations.csv": row(1074),
        "services.csv": row(4089),
        "locations.csv": row(4089),
        "services_at_location.csv": row(4089),
        // Nothing but an id in them.
        "physical_addresses.csv": row(4089, 30),
        "phones.csv": row(4089, 22),
        "languages.csv": row(9364, 7),
        "accessibility_for_disabilities.csv": row(4089, 2469),
        "regular_schedules.csv": row(11350),
        // Not one of them says of which service it is.
        "eligibility.csv": row(2244, 2244),
        // Three codes stand there twice.
        "taxonomy.csv": row(1994, 3),
        "services_taxonomy.csv": row(26259),
      });
      console.log(Object.entries(account.counts).map(([file, { rows, taken, merged, unchanged, refused, notes }]) => `${file.padEnd(36)} ${[rows, taken, merged, unchanged, refused].join(" / ")} ${JSON.stringify(notes)}`).join("\n"));
      expect(account.counts["services.csv"]?.notes).toEqual({ statusMissing: 4089, urlMended: 2610, urlLeftOut: 2 });
      expect(await count("directory_import_rows where fate = 'refused'")).toBe(30 + 22 + 7 + 2469 + 2244 + 3);

      // 102 services have the very name and words of one before them; three more differ by a space, a capital or a mark of the export alone.
      expect(account.duplicates).toBe(105);
      expect(await count("listing_duplicates where why = 'same_words' and decided_at is null")).toBe(105);
      expect(await count("(select name, description from services group by 1, 2 having count(*) > 1) x")).toBeGreaterThanOrEqual(21);
      expect(await count("services where merged_into is not null")).toBe(0);

      expect(await count("services where status = 'active'")).toBe(4089);
      expect(await count("listings")).toBe(4089);
      expect(await count("services where organization_id is null")).toBe(0);
      expect(await count("phones where dial is null")).toBe(3);
      expect(await count("phones where dial_kind = 'short' and (dial like '+%' or country <> 'US')")).toBe(0);
      expect(await count("services where description ~ '###|\\\\n|&amp;' or url !~ '^https?://'")).toBe(0);
      expect(await count("listing_claims where method <> 'import' or verified_at is not null")).toBe(0);
      expect(await count("services v where not exists (select from listing_claims c where c.service_id = v.id and c.field = 'contact')")).toBe(0);

      const before = await all();
      house.passTime({ hours: 30 });
      const again = await importFolder(house, real!, "Miami 211");
      expect(again).toMatchObject({ written: 0, duplicates: 0, conflicts: 0, refused: undefined });
      for (const [file, { rows, taken, merged, unchanged, refused, gone }] of Object.entries(again.counts)) expect([taken, merged, gone, unchanged + refused], file).toEqual([0, 0, 0, rows]);
      expect(await all()).toBe(before);
    },
    long,
  );
});
