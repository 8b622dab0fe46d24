import { expect, it } from "vitest";
import { keepPages } from "./kept.ts";

it("a kept page is rendered once, again when its facts change, and the one unused longest goes first", () => {
  const kept = keepPages(2);
  let rendered = 0;
  const page = (key: string, facts: string) => kept(key, facts, () => `${key} ${facts} ${++rendered}`);
  const first = page("a", "1");
  expect(page("a", "1")).toBe(first);
  expect(page("a", "2")).not.toBe(first);
  page("b", "1");
  page("a", "2");
  page("c", "1");
  expect(rendered).toBe(4);
  page("a", "2");
  expect(rendered).toBe(4);
  page("b", "1");
  expect(rendered).toBe(5);
});
