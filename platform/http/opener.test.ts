import { expect, test } from "vitest";
import { lineOf } from "./opener.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2"],
  ["2001:db8::9", "2001:db8:0:0"],
  ["2001:db8::3:4:5:6:7", "2001:db8:0:3"],
])("%s is one line with all that share %s", (address, line) => expect(lineOf(address)).toBe(line));

test.each(["", "not an address", "127.0.0.1", "::ffff:127.0.0.1", "::1", "::", "10.1.2.3", "192.168.0.4", "172.16.0.1", "172.31.9.9", "169.254.1.1", "fe80::1", "fd00::1"])("%s is nobody's line, so that no block meets everyone", (address) =>
  expect(lineOf(address)).toBeUndefined(),
);

test("what only looks private is somebody's line", () => {
  for (const address of ["100.64.0.1", "172.32.0.1", "11.0.0.1", "192.169.0.1"]) expect(lineOf(address)).toBe(address);
});
