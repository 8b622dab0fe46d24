import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openTestHouse } from "../../../../cast/test-house.ts";
import { importFolder } from "../../imports/commands.ts";
import { bringInto, exported, filesIn, kept } from "./factory.ts";

const folder = process.env["OPEN_DATA_DIR"] && `${process.env["OPEN_DATA_DIR"]}/real/miami-211`;
const real = folder && existsSync(folder) ? folder : undefined;

describe.skipIf(!real)("a real 211 (OPEN_DATA_DIR)", async () => {
  const [house, other] = [await openTestHouse(), await openTestHouse()];

  it(
    "goes out as tables, into an empty directory, and out again the same",
    async () => {
      await importFolder(house, real!, { name: "Miami 211", country: "US" });
      const began = performance.now();
      const first = await exported(house);
      console.log(`${first.length} bytes in ${Math.round(performance.now() - began)} ms`);
      const account = await bringInto(other, first);
      expect(account.refused).toBeUndefined();
      for (const [file, { rows, taken, merged, unchanged }] of Object.entries(account.counts)) expect([file, taken + merged + unchanged]).toEqual([file, rows]);
      const tables = filesIn(first);
      const lines = (file: string) => account.counts[file]?.rows;
      expect([lines("services.csv"), lines("locations.csv"), lines("phones.csv"), lines("organizations.csv")]).toEqual([4089, 4089, 4067, 1074]);
      const again = kept(await exported(other));
      const before = kept(first);
      for (const file of Object.keys(tables)) expect(again[file] === before[file] || JSON.stringify(again[file]) === JSON.stringify(before[file]), file).toBe(true);
      expect(account.duplicates, "proposed there as here").toBe(105);
    },
    600_000,
  );
});
