import fc from "fast-check";
import { expect, test } from "vitest";
import { prefixOf } from "./connection.ts";

test.each([
  ["203.0.113.77", "203.0.113"],
  ["::ffff:203.0.113.77", "203.0.113"],
  ["2001:db8:1:2ff:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2aa::1", "2001:db8:1:2"],
  ["::1", "0:0:0:0"],
])("%s is of %s", (address, prefix) => {
  expect(prefixOf(address)).toBe(prefix);
});

test("every IPv6 address has a prefix", () => {
  fc.assert(fc.property(fc.ipV6(), (address) => expect(prefixOf(address).length).toBeGreaterThan(0)));
});
