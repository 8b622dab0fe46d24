import fc from "fast-check";
import { expect, test } from "vitest";
import { hashPassphrase, passphraseMatches } from "./passphrase.ts";
import { ofThisPlace, passphraseProblem } from "./passphrase-rule.ts";

test.each([
  ["short one", "passphraseShort"],
  ["🍋🍋🍋🍋🍋", "passphraseShort"],
  ["password1234", "passphraseCommon"],
  ["PassWord2026!!", "passphraseCommon"],
  ["P@ssw0rd!!!!!", "passphraseCommon"],
  ["123456789012", "passphraseCommon"],
  ["abcdefghijklm", "passphraseCommon"],
  ["aaaaaaaaaaaa!", "passphraseCommon"],
  ["iloveyouiloveyou", "passphraseCommon"],
  ["i love you 1234567", "passphraseCommon"],
  ["monkeydragon7", "passphraseCommon"],
  ["Contraseña2026", "passphraseCommon"],
  ["te amo mucho 2026", "passphraseCommon"],
  ["1qaz2wsx3edc", "passphraseCommon"],
  ["ruth is awake now", "passphraseName"],
  ["my name is RUTH...", "passphraseName"],
  ["correct horse battery staple", undefined],
  ["la luna sobre el tejado", undefined],
  ["tres gatos en la cocina", undefined],
  ["mañana llueve otra vez", undefined],
  ["x7Kp92mQzLw4", undefined],
])("%s → %s", (passphrase, problem) => {
  expect(passphraseProblem(passphrase, ["Ruth", "Ana", "ruth.k"])).toBe(problem);
});

test("any text gets an answer, and fast", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.array(fc.string({ unit: "binary" })), (text, names) => {
      const before = performance.now();
      passphraseProblem(text, names);
      expect(performance.now() - before).toBeLessThan(500);
    }),
  );
});

test("a trivial ending, capitals or spaces do not save a common password", () => {
  fc.assert(
    fc.property(fc.constantFrom("password", "sunshine", "baseball", "qwertyuiop", "contraseña"), fc.stringMatching(/^[0-9!.?]{6,12}$/), fc.boolean(), (word, ending, loud) => {
      expect(passphraseProblem(`${loud ? word.toUpperCase() : word} ${ending}`, [])).toBe("passphraseCommon");
    }),
  );
});

test("a kept passphrase matches itself, typed on any keyboard, and nothing else", async () => {
  const kept = await hashPassphrase("café de las tres");
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passphraseMatches(kept, "cafe\u0301 de las tres")).toBe(true);
  expect(await passphraseMatches(kept, "cafe de las tres")).toBe(false);
  expect(await passphraseMatches(undefined, "nobody has this")).toBe(false);
});

test("a name that nobody has costs as much as one that somebody has", async () => {
  const kept = await hashPassphrase("café de las tres");
  const took = async (hash: string | undefined) => {
    const before = performance.now();
    for (let time = 0; time < 5; time++) await passphraseMatches(hash, "another one");
    return performance.now() - before;
  };
  await took(undefined);
  const [known, unknown] = [await took(kept), await took(undefined)];
  expect(unknown / known).toBeGreaterThan(0.2);
  expect(unknown / known).toBeLessThan(5);
});

test("a passphrase has twelve letters at least, 256 at most, of any kind, and none is asked for", () => {
  expect(passphraseProblem("x7Kp92mQzLw", [])).toBe("passphraseShort");
  for (const long of ["x7Kp92mQzLw4", "wolken ziehen leise uber das dach ".repeat(2).slice(0, 64), `${"tarde de lluvia y pan; ".repeat(11)}fin`]) expect(passphraseProblem(long, []), long).toBeUndefined();
  expect(passphraseProblem("nur kleine worte hier".repeat(13), [])).toBe("passphraseLong");
  expect(passphraseProblem(" ".repeat(14), [])).toBe("passphraseCommon");
  for (const kind of ["lettersalonequite", "LOUDWORDSONLYHERE", "8306 1947 2651 03", "雨が降る静かな夜の台所で待つ", "·:,;_~^°§|<>¿(=)", "🍋🍐🍉🍇🍓🫐🍒🍑🥭🍍🥥🥝"]) expect(passphraseProblem(kind, []), kind).toBeUndefined();
});

test("the words of this place are no passphrase, alone, in a row or with a year", () => {
  for (const word of ofThisPlace)
    for (const guess of [`${word} 2026!!!!!`, `${word.toUpperCase()}${ofThisPlace[0]}`, `${word} ${word} ${word}`]) expect(passphraseProblem(guess.padEnd(12, "!"), []), guess).toBe("passphraseCommon");
});
