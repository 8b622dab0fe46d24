import { defineConfig } from "vitest/config";

const common = { pool: "forks" as const, testTimeout: 30_000, hookTimeout: 60_000, isolate: true };
const jsx = { jsx: { runtime: "automatic" as const, importSource: "preact" } };

export default defineConfig({
  test: {
    projects: [
      {
        oxc: jsx,
        test: {
          ...common,
          name: "house",
          include: ["{platform,features,cast,bin,deploy,docs}/**/*.test.{ts,tsx}", "*.test.{ts,tsx}"],
          globalSetup: ["platform/db/test-server.ts", "bin/pack-places.mjs", "bin/pack-credits.mjs"],
          maxWorkers: 2,
          // Every file has its database and its house; to load all modules anew for each of them took a third of the time.
          isolate: false,
        },
      },
      {
        oxc: jsx,
        test: {
          ...common,
          name: "journeys",
          include: ["journeys/**/*.test.{ts,tsx}"],
          exclude: ["journeys/faults*.test.ts", "journeys/screens.test.ts"],
          globalSetup: ["platform/db/test-server.ts"],
          // Some walk through thirty screens in two languages, each by day, by night, narrow and large.
          testTimeout: 240_000,
          maxWorkers: 1,
        },
      },
      { oxc: jsx, test: { ...common, name: "faults", include: ["journeys/faults*.test.ts"], testTimeout: 600_000, maxWorkers: 1 } },
      { oxc: jsx, test: { ...common, name: "screens", include: ["journeys/screens.test.ts"], globalSetup: ["platform/db/test-server.ts"], testTimeout: 600_000 } },
    ],
  },
});
