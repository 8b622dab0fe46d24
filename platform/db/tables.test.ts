import { spawnSync } from "node:child_process";
import { expect, inject, test } from "vitest";
import { databaseAt } from "./test-server.ts";

test("platform/db/tables.ts says what the migrations made (npm run tables writes it anew)", () => {
  const url = databaseAt(inject("databaseUrl"), "template_small_hours");
  const check = spawnSync(process.execPath, ["bin/tables.mjs", "--verify", url], { encoding: "utf8" });
  expect(check.status, check.stdout + check.stderr).toBe(0);
});
