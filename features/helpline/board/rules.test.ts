import { expect, test } from "vitest";
import { dutyByLanguage } from "./rules.ts";

test("somebody who speaks two languages stands under both, and a language without anybody is empty", () => {
  const duty = [
    { name: "Ana", languages: ["en", "es"], cap: 2, held: 1 },
    { name: "Marco", languages: ["en"], cap: 3, held: 0 },
  ] as const;
  expect(dutyByLanguage(duty, ["en", "es"])).toEqual([
    { language: "en", names: ["Ana", "Marco"], places: 5, held: 1 },
    { language: "es", names: ["Ana"], places: 2, held: 1 },
  ]);
  expect(dutyByLanguage([], ["es"])).toEqual([{ language: "es", names: [], places: 0, held: 0 }]);
});
