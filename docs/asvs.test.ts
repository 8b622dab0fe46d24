import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The levels of the standard's requirements, in the order of their numbers (OWASP ASVS 5.0.0; 345 of them: 70, 183, 92). */
const levels: Readonly<Record<string, string>> = {
  "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
  "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
  "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
  "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
  "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
  "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222",
  "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
  "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
  "9.1": "111", "9.2": "1222",
  "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22", "10.7": "222",
  "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
  "12.1": "12233", "12.2": "11", "12.3": "22223",
  "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
  "14.1": "22", "14.2": "12223333", "14.3": "122",
  "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
  "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
  "17.1": "23", "17.2": "22223333", "17.3": "22",
};
const standard = Object.entries(levels).flatMap(([section, row]) => [...row].map((level, at) => ({ id: `${section}.${at + 1}`, level: Number(level) })));

const page = readFileSync(new URL("asvs.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+) \|$/gm)].map(([, id = "", level = "", what = "", proofs = ""]) => ({ id, level: Number(level), what, proofs: proofs.split("<br>") }));
const kindOf = (proof: string) => /^(test|document|deployment|not here|missing)\b/.exec(proof)?.[1] ?? "unknown";
const named = (kind: string) => rows.flatMap(({ id, proofs }) => proofs.filter((proof) => kindOf(proof) === kind).map((proof) => ({ id, proof })));
const provedBy = (kind: string) => rows.filter(({ proofs }) => proofs.some((proof) => kindOf(proof) === kind));

test("each requirement of levels 1 and 2 stands here once, with its level, and no other does", () => {
  expect([standard.length, ...[1, 2, 3].map((level) => standard.filter((one) => one.level === level).length)]).toEqual([345, 70, 183, 92]);
  const wanted = standard.filter(({ id, level }) => level <= 2 && !id.startsWith("10."));
  expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual(wanted.map(({ id, level }) => `${id} ${level}`));
});

test("each has something that proves it, a reason why it is not here, or what is missing", () => {
  expect(rows.filter(({ proofs }) => proofs.some((proof) => kindOf(proof) === "unknown")).map(({ id }) => id)).toEqual([]);
  expect([...named("not here"), ...named("missing")].filter(({ proof }) => !/^(?:not here|missing): .{8,}/.test(proof))).toEqual([]);
  // What is partly proved is told as missing, and as nothing else.
  expect(provedBy("missing").filter(({ proofs }) => proofs.length > 1).map(({ id }) => id)).toEqual([]);
});

test("each test that is named stands in its file, under exactly this sentence", () => {
  const wrong = named("test").filter(({ proof }) => {
    const [, file = "", sentence = ""] = /^test `([^`]+)` › (.+)$/.exec(proof) ?? [];
    if (!existsSync(file)) return true;
    const source = readFileSync(file, "utf8");
    const quoted = `"${sentence.replaceAll('"', '\\"')}"`;
    // A row of a table of tests has its name in front.
    if (source.includes(`\n  [${quoted},`) || source.includes(`\n    [${quoted},`)) return false;
    const at = source.indexOf(`(${quoted}`);
    // Its own name, or the end of a table's: a describe is no test.
    return at < 0 || !/(?:\b(?:test|it)|\))$/.test(source.slice(0, at)) || /describe(?:\.each\([^]*\))?$/.test(source.slice(0, at).slice(-40));
  });
  expect(wrong).toEqual([]);
});

test("each section of a document that is named is there", () => {
  const wrong = [...named("document"), ...named("deployment")].filter(({ proof }) => {
    const [, file = "", section = ""] = /^(?:document|deployment) `([^`]+)` › (.+)$/.exec(proof) ?? [];
    return !existsSync(file) || !readFileSync(file, "utf8").split("\n").includes(`## ${section}`);
  });
  expect(wrong).toEqual([]);
});

test("140 or more are proved by tests, and the sum at the top is what stands below", () => {
  const byTest = provedBy("test").length;
  const only = (kind: string) => rows.filter(({ proofs }) => kindOf(proofs[0] ?? "") === kind && !proofs.some((proof) => kindOf(proof) === "test")).length;
  expect(byTest).toBeGreaterThanOrEqual(140);
  expect(page).toContain(`Of ${rows.length}: ${byTest} proved by tests, ${only("document")} by documents, ${only("deployment")} by deployment, ${only("not here")} not here, ${only("missing")} missing.`);
});
