// Everything that CI runs, in the order in which a mistake is cheapest to find. Stops at the first that fails.
import { spawnSync } from "node:child_process";

const only = process.argv.slice(2);
const steps = {
  types: ["node_modules/typescript/bin/tsc", "-p", ".", "--noEmit"],
  lint: ["node_modules/oxlint/bin/oxlint", "--deny-warnings"],
  laws: ["node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", "--config", "laws.config.cjs", "--output-type", "err", "app.tsx", "server.ts", "worker.ts", "open-house.ts", "features", "platform", "cast"],
  lock: ["bin/lock-check.mjs"],
  house: ["node_modules/vitest/vitest.mjs", "run", "--project", "house"],
  journeys: ["node_modules/vitest/vitest.mjs", "run", "--project", "journeys"],
};

for (const [name, args] of Object.entries(steps)) {
  if (only.length > 0 && !only.includes(name)) continue;
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
}
