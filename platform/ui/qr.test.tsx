import fc from "fast-check";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { asHtml } from "../http/show.ts";
import { QrCode } from "./qr.tsx";

/** The modules that a drawn path covers. */
function modulesOf(html: string, size: number): boolean[][] {
  const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  return drawn;
}

test("every dark module is drawn, and nothing else, with white around it", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 120 }), (text) => {
      const html = asHtml(<QrCode text={text} says="a key" />);
      const { data, size } = encode(text, { ecc: "M", border: 4 });
      expect(modulesOf(html, size)).toEqual(data);
      for (const edge of [0, 1, 2, 3]) expect(data[edge]?.includes(true)).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test("says what it is for to who does not see it, and quotes nothing of what it holds", () => {
  const html = asHtml(<QrCode text="otpauth://totp/secret" says="The key of your app" />);
  expect(html).toContain('role="img" aria-label="The key of your app"');
  expect(html).not.toContain("otpauth");
});
