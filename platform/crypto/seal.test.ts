import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hashToken, isToken, keysFrom, newToken, seal, unseal } from "./seal.ts";

const keys = keysFrom(randomBytes(32));

test("whatever is sealed opens to the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.uuid(), (text, id) => {
      const { key, wrapped } = keys.makeDataKey(id);
      const whole = text.toWellFormed();
      expect(unseal(keys.openDataKey(wrapped, id), seal(key, whole, id), id)).toBe(whole);
    }),
  );
});

test("a body moved to another row, or with one bit changed, does not open", () => {
  const { key } = keys.makeDataKey("a");
  const sealed = seal(key, "I have not slept", "a");
  expect(() => unseal(key, sealed, "b")).toThrow();
  sealed[14] = (sealed[14] ?? 0) ^ 1;
  expect(() => unseal(key, sealed, "a")).toThrow();
});

test("another network's master key opens nothing", () => {
  const { wrapped } = keys.makeDataKey("a");
  expect(() => keysFrom(randomBytes(32)).openDataKey(wrapped, "a")).toThrow();
});

test("tokens are 256 bits and kept as a hash", () => {
  const token = newToken();
  expect(isToken(token)).toBe(true);
  expect(hashToken(token).toString("base64url")).not.toBe(token);
});
