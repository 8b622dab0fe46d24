import fc from "fast-check";
import { expect, it } from "vitest";
import { guarded, isFormula, unguarded } from "./rules.ts";

it.each(['=HYPERLINK("http://evil.example","Circle")', '+1+IMPORTXML("http://evil.example")', '-1+HYPERLINK("http://evil.example")', "@SUM(1)", "  =1+1", "\t=1+1", "\r-2+cmd|' /C calc'!A0", "- Therapy(CBT)", "-abc", "+A1", "＝1+1", "\tTherapy"])("a spreadsheet does not run what it is given of %j", (text) => {
  expect(guarded(text)).toBe(`'${text}`);
  expect(guarded(`'${text}`)).toBe(`''${text}`);
});

it.each(["+12135550123", "+1 (213) 555-0123", "-118.24", "-", "", "Circle - of = mothers", "'t Huis", "3+4", "a@b.org"])("what it does not run stays as it is: %j", (text) => expect(guarded(text)).toBe(text));

it("what was marked is taken off again, of every text", () => {
  const part = fc.constantFrom("'", "=", "+", "-", "@", " ", "\t", "\r", "\n", "1", "a", "(", "|", "!", "ñ");
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.array(part, { maxLength: 8 }).map((some) => some.join(""))), (text) => {
      expect(unguarded(guarded(text))).toBe(text);
      expect(/^\s*[=@]/.test(guarded(text))).toBe(false);
    }),
  );
});

it.each(["- Therapy (CBT)", "- Therapy(CBT)", "+ Kids (0-5)", "-KqL3xAbc_9", "@lantern", "-5"])("what people write is no formula: %s", (text) => expect(isFormula(text)).toBe(false));
it.each(["=1+1", '+1+IMPORTXML("x")', "-1+HYPERLINK(A1)", "@SUM(1+1)", "-SUM(A1)", "+2+cmd|' /C calc'!A0"])("what calls something is: %s", (text) => expect(isFormula(text)).toBe(true));
